import { describe, expect, test } from 'vitest';

import {
  arrivedAtAfter,
  decideByStatus,
  decideTransition,
  transitionOf,
  transitionTypes,
  wayBackOf,
  type TransitionType,
} from '../../../../core/domain/bookings/transitions.ts';
import { appointmentStatuses, type AppointmentStatus } from '../../../../core/domain/statuses.ts';
import { presentAt } from '../../../../core/domain/time/present.ts';
import { quarterFromWall } from '../../../../core/domain/time/zoned.ts';

const columns = [
  'arrive',
  'check-in',
  'fulfil',
  'no-show',
  'un-arrive',
  'un-check-in',
  'un-fulfil',
  'un-no-show',
  'cancel',
] as const satisfies readonly TransitionType[];

/** Written out by hand: from each status, the target of each column. `-` is not allowed, `=` is already so. */
const expected: Record<AppointmentStatus, string> = {
  proposed: '-        -          -         -       -      -       -          -      cancelled',
  pending: ' -        -          -         -       -      -       -          -      cancelled',
  booked: '  arrived  checked-in -         noshow  =      -       -          =      cancelled',
  arrived: ' =        checked-in fulfilled -       booked =       -          -      cancelled',
  'checked-in': '-    =          fulfilled -       booked arrived =          -      cancelled',
  fulfilled: '-       -          =         -       booked arrived checked-in -      -',
  cancelled: '-       -          -         -       -      -       -          -      =',
  noshow: '  -        -          -         =       -      -       -          booked -',
  'entered-in-error': '- -        -         -       -      -       -          -      -',
};

/** In New York: a day before, today and tomorrow, with a clinic whose visits may run over midnight. */
const timeZone = 'America/New_York';
const at = (date: string, time: string) => quarterFromWall(date, time, timeZone);
const visit = (date: string, time: string, quarters = 2) => {
  const start = at(date, time);
  return { start, end: start + quarters };
};
/** A quarter past midnight by the clinic's clock, when UTC has the same date and Auckland is almost a day ahead. */
const early = presentAt(at('2026-11-23', '00:15'), timeZone);
const noon = presentAt(at('2026-11-23', '12:00'), timeZone);
const late = presentAt(at('2026-11-23', '23:45'), timeZone);

/** Written out by hand: for each time of a visit, what `today` and `begun` say. */
const times = [
  { what: 'a visit of last week', ...visit('2026-11-16', '12:00'), present: noon, today: false, begun: true },
  { what: 'a visit of yesterday', ...visit('2026-11-22', '12:00'), present: noon, today: false, begun: true },
  { what: 'a visit of this morning', ...visit('2026-11-23', '08:00'), present: noon, today: true, begun: true },
  { what: 'a visit that begins now', ...visit('2026-11-23', '12:00'), present: noon, today: true, begun: true },
  { what: 'a visit a quarter ahead', ...visit('2026-11-23', '12:15'), present: noon, today: true, begun: false },
  { what: 'the first visit of the day', ...visit('2026-11-23', '00:00'), present: noon, today: true, begun: true },
  { what: 'the last visit of the day', ...visit('2026-11-23', '23:45'), present: early, today: true, begun: false },
  { what: 'a visit of tomorrow', ...visit('2026-11-24', '00:00'), present: late, today: false, begun: false },
  { what: 'a visit of next week', ...visit('2026-11-30', '12:00'), present: noon, today: false, begun: false },
  { what: 'over midnight, under way', ...visit('2026-11-22', '23:45', 4), present: early, today: true, begun: true },
  { what: 'over midnight, just over', ...visit('2026-11-22', '23:45', 2), present: early, today: false, begun: true },
  { what: 'over midnight, not begun', ...visit('2026-11-23', '23:45', 4), present: early, today: true, begun: false },
] as const;

const targetsFrom = (status: AppointmentStatus) => expected[status].trim().split(/ +/);

function shown(decision: ReturnType<typeof decideTransition>): string {
  if (decision.kind === 'change') return decision.to;
  return { already: '=', 'not-allowed': '-' }[decision.kind as string] ?? decision.kind;
}

describe('changes of status', () => {
  test('are all in the table', () => {
    expect(columns.toSorted()).toEqual(transitionTypes.toSorted());
  });

  test.each(appointmentStatuses)('from %s go where the table says', (status) => {
    expect(columns.map((type) => shown(decideByStatus(type, status)))).toEqual(targetsFrom(status));
  });

  test.each(times)('of $what: every status and transition, by status first and by time second', (time) => {
    const { start, end, present, today, begun } = time;
    for (const status of appointmentStatuses) {
      const due = targetsFrom(status).map((target, n) => {
        if (target === '-' || target === '=') return target;
        const type = columns[n];
        if ((type === 'arrive' || type === 'check-in') && !today) return 'not-today';
        return type === 'no-show' && !begun ? 'not-begun' : target;
      });
      const found = columns.map((type) => shown(decideTransition(type, { status, start, end }, present)));
      expect(found, status).toEqual(due);
    }
  });

  test('are judged by the day of the site, not by the day of UTC', () => {
    const booked = { status: 'booked', ...visit('2026-11-23', '20:00') } as const;
    const now = at('2026-11-23', '18:00');
    expect(decideTransition('arrive', booked, presentAt(now, timeZone)).kind).toBe('change');
    expect(decideTransition('arrive', booked, presentAt(now, 'Etc/UTC')).kind).toBe('not-today');
  });

  test('are possible on the whole of a day of 25 hours', () => {
    const first = { status: 'booked', ...visit('2026-11-01', '00:00') } as const;
    const last = { status: 'booked', ...visit('2026-11-01', '23:45', 1) } as const;
    expect(last.start - first.start).toBe(99);
    const present = presentAt(at('2026-11-01', '12:00'), timeZone);
    for (const each of [first, last]) expect(decideTransition('arrive', each, present).kind).toBe('change');
  });

  test.each(transitionTypes)('%s, sent twice, succeeds and changes nothing the second time', (type) => {
    const { from, to } = transitionOf(type);
    for (const status of from) {
      expect(decideByStatus(type, status)).toEqual({ kind: 'change', to });
      expect(decideByStatus(type, to)).toEqual({ kind: 'already' });
    }
    expect(from).not.toContain(to);
  });

  test('set the time of arrival once, keep it, or clear it', () => {
    const after = (type: TransitionType, before: string | null) => arrivedAtAfter(transitionOf(type), before, '09:10');
    for (const type of ['arrive', 'check-in'] as const) {
      expect(after(type, null)).toBe('09:10');
      expect(after(type, '09:00')).toBe('09:00');
    }
    for (const type of ['fulfil', 'un-check-in', 'un-fulfil', 'cancel'] as const) {
      expect(after(type, '09:00')).toBe('09:00');
    }
    for (const type of ['fulfil', 'no-show', 'un-no-show'] as const) expect(after(type, null)).toBeNull();
    expect(after('un-arrive', '09:00')).toBeNull();
  });
});

describe('the way back', () => {
  test.each([
    ['arrive', 'booked', 'un-arrive'],
    ['check-in', 'booked', 'un-arrive'],
    ['check-in', 'arrived', 'un-check-in'],
    ['fulfil', 'arrived', 'un-check-in'],
    ['fulfil', 'checked-in', 'un-fulfil'],
    ['no-show', 'booked', 'un-no-show'],
  ] as const)('of %s from %s is %s', (type, before, back) => {
    expect(wayBackOf(type, before)).toBe(back);
  });

  test.each(['arrive', 'check-in', 'fulfil', 'no-show'] as const)(
    'of %s leads from each status to that status and that time of arrival, and is possible at any time',
    (type) => {
      for (const status of transitionOf(type).from) {
        const before = status === 'booked' ? null : '09:00';
        const back = wayBackOf(type, status);
        if (!back) throw new Error(`no way back to ${status}`);
        expect(decideByStatus(back, transitionOf(type).to)).toEqual({ kind: 'change', to: status });
        const arrivedAt = arrivedAtAfter(transitionOf(type), before, '09:10');
        expect(arrivedAtAfter(transitionOf(back), arrivedAt, '09:20')).toBe(before);
        expect(transitionOf(back).when).toBe('any');
      }
    },
  );

  test('of a transition that changed nothing is none', () => {
    for (const type of ['arrive', 'check-in', 'fulfil', 'no-show'] as const) {
      expect(wayBackOf(type, transitionOf(type).to)).toBeNull();
    }
  });
});
