import fc from 'fast-check';
import { expect, it } from 'vitest';

import { comparePositions, hasAllBefore, readCursor, writeCursor } from '../../../../core/domain/sync/feed-position.ts';

const epoch = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

it('a cursor reads back as the position that wrote it', () => {
  const position = { epoch, xid: '18446744073', seq: '12' };
  expect(readCursor(writeCursor(position))).toEqual(position);
});

it.each(['', 'nonsense', `${epoch}.1`, `${epoch}.-1.0`, `${epoch}.1.${'9'.repeat(19)}`, `${epoch}.1.0 `, 'x.1.0'])(
  'takes %j for none of ours',
  (cursor) => expect(readCursor(cursor)).toBeNull(),
);

it('positions compare by transaction and then by sequence, as numbers and not as text', () => {
  const number = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n });
  fc.assert(
    fc.property(number, number, number, number, (xidA, seqA, xidB, seqB) => {
      const due = xidA === xidB ? seqA - seqB : xidA - xidB;
      const [a, b] = [
        { epoch, xid: `${xidA}`, seq: `${seqA}` },
        { epoch, xid: `${xidB}`, seq: `${seqB}` },
      ];
      expect(Math.sign(comparePositions(a, b))).toBe(due < 0n ? -1 : due > 0n ? 1 : 0);
      expect(comparePositions(a, a)).toBe(0);
    }),
  );
  expect(comparePositions({ xid: '9', seq: '0' }, { xid: '10', seq: '0' })).toBe(-1);
  expect(comparePositions({ xid: '10', seq: '9' }, { xid: '10', seq: '10' })).toBe(-1);
});

it.each([
  ['from where the reader stands', '200', epoch, true],
  ['from before that', '199', epoch, true],
  ['from beyond it', '201', epoch, false],
  ['from another history', '200', '7c9e6679-7425-40de-944b-e07fc1f90ae8', false],
])('nothing is missed by reading on %s: %j of %j is %j', (_, xid, ofEpoch, isWhole) => {
  expect(hasAllBefore({ epoch, xid: '200', seq: '0' }, { epoch: ofEpoch, xid, seq: '0' })).toBe(isWhole);
});
