import { z } from 'zod';

import { lacksHandle, readPairingCode, typedPairingCode } from '../domain/people/pairing-code.ts';
import { id } from '../primitives/ids.ts';
import { instant } from '../primitives/instants.ts';
import { name, stored, text, token } from '../primitives/texts.ts';

const asShown = 'Give the code as it is shown, such as nordstern-K7QM-2XRA.';
const withoutHandle =
  "The organization's part is missing. Give the whole code as it is shown, such as nordstern-K7QM-2XRA.";

/**
 * A code is the organization's handle and two groups of four letters or digits: `nordstern-K7QM-2XRA`. Letters that look
 * alike do not occur. Good once, for ten minutes. Comes out as it was shown, however it was typed.
 */
export const pairingCode = text(100)
  .toLowerCase()
  .regex(typedPairingCode, {
    error: ({ input }) => (typeof input === 'string' && lacksHandle(input) ? withoutHandle : asShown),
  })
  .transform((typed) => readPairingCode(typed)?.code ?? typed);

/** What an administrator reads out to the person who sets a desk up. */
export const pairing = z.strictObject({ code: token(100), expiresAt: instant });

/** What a desk sends to pair. */
export const pairRequest = z.strictObject({
  code: pairingCode,
  deskId: id,
  name: name(80, 'Give the name of the desk.'),
});

/**
 * The credential by which a desk pulls, and pushes the commands of its people. It begins with the organization's handle; the
 * server keeps only its hash.
 */
export const pairedDesk = z.strictObject({
  deskToken: token(500),
  orgId: id,
  organizationName: stored,
  isDemo: z.boolean(),
});
export type PairedDesk = z.infer<typeof pairedDesk>;
