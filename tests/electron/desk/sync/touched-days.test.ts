import { expect, test } from 'vitest';

import { quarterOf } from '../../../../core/domain/time/quarter.ts';
import { touchedDays } from '../../../../electron/desk/sync/touched-days.ts';
import { berlin } from '../../builders.ts';

const kolkata = { siteId: '0198b000-0000-7000-8000-000000000002', name: 'Indiranagar', timeZone: 'Asia/Kolkata' };

function stretch(from: string, until: string, siteId = berlin.siteId) {
  return { siteId, start: quarterOf(from), end: quarterOf(until) };
}

test('a visit until midnight does not touch the next day', () => {
  expect(touchedDays([stretch('2026-11-23T22:00:00Z', '2026-11-23T23:00:00Z')], [berlin])).toEqual([
    { siteId: berlin.siteId, dates: ['2026-11-23'] },
  ]);
});

test('one instant can be two dates at two sites', () => {
  const here = stretch('2026-11-23T19:00:00Z', '2026-11-23T19:30:00Z');
  expect(touchedDays([here, { ...here, siteId: kolkata.siteId }], [berlin, kolkata])).toEqual([
    { siteId: berlin.siteId, dates: ['2026-11-23'] },
    { siteId: kolkata.siteId, dates: ['2026-11-24'] },
  ]);
});

test('a move over several days touches each of them once, also when the clocks change in between', () => {
  const touched = [
    stretch('2026-10-23T22:30:00Z', '2026-10-25T23:30:00Z'),
    stretch('2026-10-24T08:00:00Z', '2026-10-24T08:15:00Z'),
  ];
  expect(touchedDays(touched, [berlin])).toEqual([
    { siteId: berlin.siteId, dates: ['2026-10-24', '2026-10-25', '2026-10-26'] },
  ]);
});

test('sites that were not asked for are left out', () => {
  const there = stretch('2026-11-23T08:00:00Z', '2026-11-23T08:15:00Z', kolkata.siteId);
  expect(touchedDays([there], [berlin])).toEqual([]);
});
