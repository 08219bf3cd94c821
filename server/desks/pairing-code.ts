import { randomInt } from 'node:crypto';

import {
  lettersPerGroup,
  pairingCodeGroups,
  pairingCodeLetters,
  pairingCodeOf,
} from '../../core/domain/people/pairing-code.ts';

/** Makes a pairing code of the organization, as a person reads it out: `nordstern-K7QM-2XRA`. */
export function mintPairingCode(handle: string): string {
  const letter = () => pairingCodeLetters[randomInt(pairingCodeLetters.length)];
  const group = () => Array.from({ length: lettersPerGroup }, letter).join('');
  return pairingCodeOf(handle, Array.from({ length: pairingCodeGroups }, group));
}
