import fc from 'fast-check';
import { expect, test } from 'vitest';

import { overlaps } from '../../../core/domain/time/interval.ts';
import { assignLanes } from '../../../renderer/visits/assign-lanes.ts';

const oneSeat = () => 1;

test('visits one after another have the whole width', () => {
  expect(
    assignLanes(
      [
        { start: 0, end: 2 },
        { start: 2, end: 4 },
      ],
      oneSeat,
    ),
  ).toEqual([
    { lane: 0, lanes: 1 },
    { lane: 0, lanes: 1 },
  ]);
});

test('simultaneous visits share the width, and a later visit takes the lane that is free again', () => {
  const visits = [
    { start: 0, end: 4 },
    { start: 1, end: 2 },
    { start: 2, end: 3 },
  ];
  expect(assignLanes(visits, oneSeat).map(({ lane }) => lane)).toEqual([0, 1, 1]);
  expect(assignLanes(visits, oneSeat).every(({ lanes }) => lanes === 2)).toBe(true);
});

test('a free seat beside a visit keeps its width', () => {
  expect(assignLanes([{ start: 0, end: 2 }], () => 2)).toEqual([{ lane: 0, lanes: 2 }]);
});

test('two overlapping visits are never in one lane, and every lane is within the width', () => {
  const visit = fc.record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 8 }) });
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 25 }), (drawn) => {
      const visits = drawn.map(({ start, length }) => ({ start, end: start + length }));
      const lanes = assignLanes(visits, oneSeat);
      for (const [n, a] of visits.entries()) {
        const mine = lanes[n];
        expect(mine && mine.lane < mine.lanes).toBe(true);
        for (const [m, b] of visits.entries()) {
          if (m >= n || !overlaps(a, b)) continue;
          expect(mine?.lane).not.toBe(lanes[m]?.lane);
          expect(mine?.lanes).toBe(lanes[m]?.lanes);
        }
      }
    }),
  );
});
