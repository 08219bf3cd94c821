import { expect, test } from 'vitest';

import type { Changes } from '../../../core/contract/calendar.ts';
import { changedDays } from '../../../electron/desk/sync/changed-days.ts';
import { berlin } from '../builders.ts';

const kolkata = { siteId: '0198b000-0000-7000-8000-000000000002', name: 'Indiranagar', timeZone: 'Asia/Kolkata' };

function touch(touchesFrom: string, touchesUntil: string, siteId = berlin.siteId): Changes['changes'][number] {
  return { entity: 'appointment', entityId: '0198b000-0000-7000-8000-0000000000c1', siteId, touchesFrom, touchesUntil };
}

test('a visit until midnight leaves the next day alone', () => {
  expect(changedDays([touch('2026-11-23T22:00:00Z', '2026-11-23T23:00:00Z')], [berlin])).toEqual([
    { siteId: berlin.siteId, dates: ['2026-11-23'] },
  ]);
});

test('one instant is one date here and another there', () => {
  const changes = [berlin, kolkata].map(({ siteId }) => touch('2026-11-23T19:00:00Z', '2026-11-23T19:30:00Z', siteId));
  expect(changedDays(changes, [berlin, kolkata])).toEqual([
    { siteId: berlin.siteId, dates: ['2026-11-23'] },
    { siteId: kolkata.siteId, dates: ['2026-11-24'] },
  ]);
});

test('a move over several days touches each of them once, also when the clocks change in between', () => {
  const changes = [
    touch('2026-10-23T22:30:00Z', '2026-10-25T23:30:00Z'),
    touch('2026-10-24T08:00:00Z', '2026-10-24T08:15:00Z'),
  ];
  expect(changedDays(changes, [berlin])).toEqual([
    { siteId: berlin.siteId, dates: ['2026-10-24', '2026-10-25', '2026-10-26'] },
  ]);
});

test('changes at a site that the person does not have are left out', () => {
  expect(changedDays([touch('2026-11-23T08:00:00Z', '2026-11-23T08:15:00Z', kolkata.siteId)], [berlin])).toEqual([]);
});
