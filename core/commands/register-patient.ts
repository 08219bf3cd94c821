import { z } from 'zod';

import { isPhone } from '../domain/patients/phone.ts';
import { envelope } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';
import { defineCommand } from './define-command.ts';

/** Makes a patient known to the organization. The person judges beforehand whether the patient is known already. */
export const registerPatient = defineCommand({
  type: 'register-patient',
  schema: envelope.extend({
    body: z.strictObject({
      patientId: id,
      displayName: z.string().trim().min(1, { error: 'Give the name.' }).max(120),
      birthDate: z.iso.date({
        error: ({ input }) =>
          input === undefined ? undefined : 'Give the birth date as year, month and day: 1980-03-07.',
      }),
      /** The phone number as the clinic dials it; empty where there is none. */
      phone: z
        .string()
        .trim()
        .max(40)
        .refine((text) => text === '' || isPhone(text), {
          error: 'Give 5 to 15 digits, with a + before them and blanks, ( ) / . or - between, or leave it empty.',
        }),
      /** What everyone at the desk must see, such as an allergy; empty where there is none. */
      alert: z.string().trim().max(200),
    }),
  }),
  permission: 'book',
  summary: 'Register a new patient',
  about: 'patient',
  makes: true,
});
