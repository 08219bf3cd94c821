import { v7 } from 'uuid';

/** A stream of pseudo-random choices: the same seed and label give the same stream on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  chance(probability: number): boolean;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One element of a list that is not empty, drawn in proportion to its weight. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T;
  /** A UUIDv7 with that millisecond in it. */
  id(atMilliseconds: number): string;
}

/** Streams of different labels are independent, so that a change to one part of the demo leaves the others unchanged. */
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
  const pick = <T>(list: readonly T[]): T => requireValue(list[Math.floor(next() * list.length)]);

  return {
    next,
    pick,
    whole: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    weighted: (list) => {
      let left = next() * list.reduce((sum, { weight }) => sum + weight, 0);
      return requireValue(list.find(({ weight }) => (left -= weight) < 0) ?? list.at(-1));
    },
    id: (atMilliseconds) => {
      const random = new Uint8Array(new Uint32Array([word(), word(), word(), word()]).buffer);
      return v7({ msecs: atMilliseconds, seq: word(), random });
    },
  };
}

function requireValue<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('a choice needs at least one thing to choose from');
  return value;
}
