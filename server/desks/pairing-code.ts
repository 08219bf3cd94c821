import { randomInt } from 'node:crypto';

/** Without 0, 1, I, L and O, which look like one another. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const groups = 2;
const perGroup = 4;

/** A code as it is read out, `K7QM-2XRA`: forty random bits, which last ten minutes. */
export function mintPairingCode(): string {
  const group = () => Array.from({ length: perGroup }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** The code as the contract parses it, whose hash is stored. */
export function withoutDash(code: string): string {
  return code.replace('-', '');
}
