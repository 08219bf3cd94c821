import { describe, expect, test } from 'vitest';

import type { Appointment } from '../../../core/calendar/appointment.ts';
import { permissionsOf } from '../../../core/domain/people/permissions.ts';
import { presentAt } from '../../../core/domain/time/present.ts';
import { quarterFromWall } from '../../../core/domain/time/zoned.ts';
import {
  actionOfKey,
  obstacleTo,
  nextStepOf,
  transitionFactsOf,
  visitActionTypes,
} from '../../../renderer/commands/visit-actions.ts';
import { columnsOf, type Visit } from '../../../renderer/visits/columns.ts';
import { dayScaleOf } from '../../../renderer/words/day-scale.ts';
import { appointment, at, date, dayView, timeZone } from '../builders.ts';

function visitOf(status: Appointment['status']): Visit {
  const view = dayView({ appointments: [appointment(1, '09:00', { status })] });
  const [visit] = columnsOf(view, new Set<string>(), dayScaleOf(date, timeZone), 'provider').flatMap(
    ({ visits }) => visits,
  );
  if (!visit) throw new Error('the visit is in no column');
  return visit;
}

const permissions = permissionsOf('receptionist');
const present = {
  before: presentAt(quarterFromWall('2026-11-22', '12:00', timeZone), timeZone),
  early: presentAt(at('08:45'), timeZone),
  begun: presentAt(at('09:00'), timeZone),
  after: presentAt(quarterFromWall('2026-11-24', '12:00', timeZone), timeZone),
};

describe('the buttons of a visit', () => {
  test.each([
    ['booked', 'before', ['cancel']],
    ['booked', 'early', ['arrive', 'check-in', 'cancel']],
    ['booked', 'begun', ['arrive', 'check-in', 'no-show', 'cancel']],
    ['booked', 'after', ['no-show', 'cancel']],
    ['arrived', 'early', ['check-in', 'fulfil', 'un-arrive', 'cancel']],
    ['arrived', 'after', ['fulfil', 'un-arrive', 'cancel']],
    ['checked-in', 'begun', ['fulfil', 'un-check-in', 'un-arrive', 'cancel']],
    ['fulfilled', 'begun', ['un-fulfil', 'un-check-in', 'un-arrive']],
    ['noshow', 'begun', ['un-no-show']],
    ['pending', 'begun', ['cancel']],
    ['cancelled', 'begun', []],
  ] as const)('%s, %s its time', (status, when, due) => {
    const facts = transitionFactsOf(visitOf(status));
    const offered = visitActionTypes.filter(
      (type) => obstacleTo(type, facts, { permissions, present: present[when] }) === null,
    );
    expect(offered).toEqual(due);
  });

  test.each([
    ['arrive', 'booked', 'before', 'not-today'],
    ['no-show', 'booked', 'early', 'not-begun'],
    ['fulfil', 'booked', 'begun', 'not-allowed'],
    ['arrive', 'arrived', 'begun', 'already'],
  ] as const)('%s of a visit that is %s, %s its time, is %s', (type, status, when, obstacle) => {
    const facts = transitionFactsOf(visitOf(status));
    expect(obstacleTo(type, facts, { permissions, present: present[when] })).toBe(obstacle);
  });

  test('need the permission', () => {
    const facts = transitionFactsOf(visitOf('booked'));
    expect(obstacleTo('arrive', facts, { permissions: ['book'], present: present.begun })).toBe('forbidden');
    expect(obstacleTo('no-show', facts, { permissions: ['book'], present: present.begun })).toBe('forbidden');
    expect(obstacleTo('cancel', facts, { permissions: ['check-in'], present: present.begun })).toBe('forbidden');
  });
});

test.each([
  ['booked', 'early', 'arrive'],
  ['booked', 'after', null],
  ['arrived', 'early', 'check-in'],
  ['arrived', 'after', null],
  ['checked-in', 'after', 'fulfil'],
  ['fulfilled', 'begun', null],
  ['noshow', 'begun', null],
] as const)('the card of a visit that is %s, %s its time, offers %s', (status, when, due) => {
  expect(nextStepOf(visitOf(status), { permissions, present: present[when] })).toBe(due);
});

test('keys take a step at once, or ask first where it says that a patient did not come', () => {
  expect(['c', 'i', 'f', 'x', 'Delete', 'q'].map(actionOfKey)).toEqual([
    { type: 'arrive', asks: false },
    { type: 'check-in', asks: false },
    { type: 'fulfil', asks: false },
    { type: 'no-show', asks: true },
    { type: 'cancel', asks: true },
    null,
  ]);
});
