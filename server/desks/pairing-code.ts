import { randomInt } from 'node:crypto';

import { lettersPerGroup, pairingCodeGroups, pairingCodeLetters } from '../../core/domain/people/pairing-code.ts';

/** Makes a pairing code as a person reads it out: `K7QM-2XRA`. */
export function mintPairingCode(): string {
  const letter = () => pairingCodeLetters[randomInt(pairingCodeLetters.length)];
  const group = () => Array.from({ length: lettersPerGroup }, letter).join('');
  return Array.from({ length: pairingCodeGroups }, group).join('-');
}
