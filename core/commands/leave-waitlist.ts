import { z } from 'zod';

import { envelope } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';
import { defineCommand } from './define-command.ts';

/** Takes an entry off the waitlist: it was booked, or is no longer wanted. A second time changes nothing. */
export const leaveWaitlist = defineCommand({
  type: 'leave-waitlist',
  schema: envelope.extend({ body: z.strictObject({ waitlistEntryId: id }) }),
  permission: 'book',
  summary: 'Take an entry off the waitlist',
  about: 'waitlist-entry',
});
