import { v7 } from 'uuid';

/** A stream of pseudo-random choices: the same seed and label give the same stream on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole, from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  chance(probability: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One of a list that is not empty, in proportion to its weight. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T;
  /** A UUIDv7 of that millisecond. */
  id(atMilliseconds: number): string;
}

/** Streams of different labels are independent, so that a change to one part of the demo leaves the others as they are. */
export function makeRandom(seed: number, label: string): Random {
  let state = seed | 0;
  for (const character of label) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);

  // mulberry32, Tommy Ettinger 2017, public domain.
  const word = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const next = () => word() / 0x1_0000_0000;
  const pick = <T>(list: readonly T[]): T => mustHave(list[Math.floor(next() * list.length)]);

  return {
    next,
    pick,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    weighted: (list) => {
      let left = next() * list.reduce((sum, { weight }) => sum + weight, 0);
      return mustHave(list.find(({ weight }) => (left -= weight) < 0) ?? list.at(-1));
    },
    id: (atMilliseconds) => {
      const random = new Uint8Array(new Uint32Array([word(), word(), word(), word()]).buffer);
      return v7({ msecs: atMilliseconds, seq: word(), random });
    },
  };
}

function mustHave<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('a choice needs at least one thing to choose from');
  return value;
}
