import { z } from 'zod';

import { maxAlertLength, maxNameLength, maxPhoneLength } from '../domain/patients/patient-limits.ts';
import { isPhone } from '../domain/patients/phone.ts';
import { envelope } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';
import { dayOfBirth } from '../primitives/instants.ts';
import { name, text } from '../primitives/texts.ts';
import { defineCommand } from './define-command.ts';

/** Makes a patient known to the organization. The person judges beforehand whether the patient is known already. */
export const registerPatient = defineCommand({
  type: 'register-patient',
  schema: envelope.extend({
    body: z.strictObject({
      patientId: id,
      displayName: name(maxNameLength, 'Give the name.'),
      birthDate: dayOfBirth,
      /** The phone number as the clinic dials it; empty where there is none. */
      phone: text(maxPhoneLength).refine((phone) => phone === '' || isPhone(phone), {
        error: 'Give 5 to 15 digits, with a + before them and blanks, ( ) / . or - between, or leave it empty.',
      }),
      /** What everyone at the desk must see, such as an allergy; empty where there is none. */
      alert: text(maxAlertLength),
    }),
  }),
  permission: 'book',
  summary: 'Register a new patient',
  about: 'patient',
  makes: true,
});
