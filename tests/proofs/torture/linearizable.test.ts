import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { checkLinearizable, type Operation } from './history/linearizable.ts';
import { seatsOf, type SeatInput } from './history/seats.ts';

const take = (by: string, invokedAt: number, respondedAt: number): Operation<SeatInput> => ({
  name: `take ${by}`,
  invokedAt,
  respondedAt,
  input: { kind: 'take', by },
});
const leave = (by: string, invokedAt: number, respondedAt: number): Operation<SeatInput> => ({
  name: `leave ${by}`,
  invokedAt,
  respondedAt,
  input: { kind: 'leave', by },
});
const seen = (by: string, invokedAt: number, respondedAt: number): Operation<SeatInput> => ({
  name: `seen ${by}`,
  invokedAt,
  respondedAt,
  input: { kind: 'seen', by },
});

const verdictOf = (capacity: number, operations: Operation<SeatInput>[]) =>
  checkLinearizable(seatsOf(capacity), operations).kind;

describe('histories of one slot that could have happened', () => {
  test.each([
    ['nothing at all', 1, []],
    ['one after the other, the seat free between them', 1, [take('a', 0, 1), leave('a', 2, 3), take('b', 4, 5)]],
    ['a seat taken while its last holder was leaving', 1, [take('a', 0, 1), leave('a', 2, 6), take('b', 3, 5)]],
    ['two at once in a slot of two seats', 2, [take('a', 0, 1), take('b', 0, 1)]],
    [
      'both holders of a slot of two seats are met',
      2,
      [take('a', 0, 1), take('b', 0, 1), seen('a', 2, 3), seen('b', 2, 3)],
    ],
    ['a refusal while the seat was held', 1, [take('a', 0, 1), seen('a', 2, 3), leave('a', 4, 5)]],
    ['a refusal because of someone who has heard nothing yet', 1, [take('a', 0, Infinity), seen('a', 2, 3)]],
    ['moments that touch may stand in either order', 1, [leave('a', 1, 2), take('a', 0, 1), take('b', 2, 3)]],
    [
      'two who never heard the end of it, each at a time of its own',
      1,
      [take('a', 0, Infinity), leave('a', 1, Infinity), take('b', 2, Infinity), leave('b', 9, 10), take('c', 11, 12)],
    ],
  ] as const)('%s', (_name, capacity, operations) => {
    expect(verdictOf(capacity, [...operations])).toBe('linearizable');
  });
});

describe('histories of one slot that must be rejected', () => {
  test.each([
    ['two hold one seat', 1, [take('a', 0, 1), take('b', 2, 3)]],
    ['two hold one seat, whichever was first', 1, [take('a', 0, 5), take('b', 1, 4)]],
    ['three hold two seats', 2, [take('a', 0, 1), take('b', 0, 1), take('c', 0, 1)]],
    ['one appointment holds two seats', 2, [take('a', 0, 1), take('a', 2, 3)]],
    ['taken before its holder began to leave', 1, [take('a', 0, 1), take('b', 2, 3), leave('a', 4, 5)]],
    ['left by one who was not there', 1, [leave('a', 0, 1)]],
    ['refused while it was free', 1, [take('a', 0, 1), leave('a', 2, 3), seen('a', 4, 5), take('b', 6, 7)]],
    ['refused before anyone could have held it', 1, [seen('a', 0, 1), take('a', 2, 3)]],
    ['a lost acknowledgement: gone without having left', 1, [take('a', 0, 1), take('b', 2, Infinity)]],
    [
      'an order around a circle',
      1,
      // b came after a had left, and yet a client met a after that.
      [take('a', 0, 1), seen('a', 6, 7), leave('a', 3, 9), take('b', 2, 5), leave('b', 10, 11)],
    ],
  ] as const)('%s', (_name, capacity, operations) => {
    expect(verdictOf(capacity, [...operations])).toBe('not-linearizable');
  });
});

test('says which operations fit nowhere', () => {
  expect(checkLinearizable(seatsOf(1), [take('a', 0, 1), take('b', 2, 3), leave('a', 4, 5)])).toEqual({
    kind: 'not-linearizable',
    stuckAt: ['take b'],
  });
});

test('gives up a search that is longer than allowed, and says so', () => {
  const many = Array.from({ length: 40 }, (_, n) => take(`p${n}`, n, Infinity));
  expect(checkLinearizable(seatsOf(40), many, 10).kind).toBe('unknown');
});

/** Tries every order. The search must give the same result. */
function hasAnOrder(capacity: number, operations: readonly Operation<SeatInput>[]): boolean {
  const model = seatsOf(capacity);
  const goOn = (state: readonly string[], left: readonly Operation<SeatInput>[]): boolean =>
    left.length === 0 ||
    left.some((one) => {
      if (left.some((other) => other !== one && other.respondedAt < one.invokedAt)) return false;
      const next = model.apply(state, one.input);
      return (
        next !== null &&
        goOn(
          next,
          left.filter((other) => other !== one),
        )
      );
    });
  return goOn(model.initial, operations);
}

test('agrees with trying every order, on short random histories', () => {
  const input = fc.oneof(
    fc.record({ kind: fc.constant('take' as const), by: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ kind: fc.constant('leave' as const), by: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ kind: fc.constant('seen' as const), by: fc.constantFrom('a', 'b', 'c') }),
  );
  const operation = fc
    .record({ input, invokedAt: fc.nat(8), lasts: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(Infinity)) })
    .map(({ lasts, ...rest }) => ({ name: rest.input.kind, ...rest, respondedAt: rest.invokedAt + lasts }));
  let accepted = 0;
  let rejected = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 }), fc.array(operation, { maxLength: 6 }), (capacity, operations) => {
      const expected = hasAnOrder(capacity, operations);
      if (expected) accepted++;
      else rejected++;
      return verdictOf(capacity, operations) === (expected ? 'linearizable' : 'not-linearizable');
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(accepted, rejected)).toBeGreaterThan(100);
});

test('judges a history as long as one of the torture', () => {
  const operations: Operation<SeatInput>[] = [];
  for (let n = 0; n < 2_000; n++) {
    const at = n * 10;
    operations.push(take(`v${n}`, at, at + 5), leave(`v${n}`, at + 4, n % 50 === 0 ? Infinity : at + 9));
    for (let k = 0; k < 3; k++) operations.push(seen(`v${n}`, at + k, at + 8));
  }
  expect(verdictOf(1, operations)).toBe('linearizable');
  expect(verdictOf(1, [...operations, take('intruder', 5_001, 5_002)])).toBe('not-linearizable');
});
