import { namedAttacksOn } from './named.ts';
import { statements } from './run-attack.ts';
import { slotTricks } from './slot-tricks.ts';
import type { Attack, Target } from './target.ts';
import { visitTricks } from './visit-tricks.ts';

const asAttacks = (said: string, tricks: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tricks).map(([name, text]) => [`${said} ${name}`, statements(text)]));

/** Everything that must be refused, whoever sends it. */
export function attacksOn(target: Target): Readonly<Record<string, Attack>> {
  return {
    ...namedAttacksOn(target),
    ...asAttacks('let a visit', visitTricks(target)),
    ...asAttacks('let a slot', slotTricks(target)),
  };
}
