import { z } from 'zod';

import { pairingCodePattern, withoutDash } from '../domain/people/pairing-code.ts';
import { id } from '../primitives/ids.ts';
import { instant } from '../primitives/instants.ts';

/** Eight letters and digits without those that look alike, in two groups: `K7QM-2XRA`. Good once, for ten minutes. */
export const pairingCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(pairingCodePattern, { error: 'Give the code as it is shown, such as K7QM-2XRA.' })
  .transform(withoutDash);

/** What an administrator reads out to the person who sets a desk up. */
export const pairing = z.strictObject({ code: z.string(), expiresAt: instant });

/** What a desk sends to pair. */
export const pairRequest = z.strictObject({ code: pairingCode, deskId: id, name: z.string().trim().min(1).max(80) });

/** The credential by which a desk pulls, and pushes the commands of its people. Opaque; the server keeps only its hash. */
export const pairedDesk = z.strictObject({
  deskToken: z.string(),
  orgId: id,
  organizationName: z.string(),
});
export type PairedDesk = z.infer<typeof pairedDesk>;
