import { expect, it } from 'vitest';

import { defineJob } from '../../../server/jobs/job.ts';
import { nextTry, nextTurn } from '../../../server/jobs/schedule.ts';

it('a job of every so many minutes is due that much after its end', () => {
  expect(nextTurn({ everyMinutes: 90 }, '2031-03-02T23:00:00Z')).toBe('2031-03-03T00:30:00Z');
});

it('a daily job is due at the next such time, tomorrow where it is that time now', () => {
  expect(nextTurn({ dailyAtUtc: '02:30' }, '2031-03-02T02:29:59Z')).toBe('2031-03-02T02:30:00Z');
  expect(nextTurn({ dailyAtUtc: '02:30' }, '2031-03-02T02:30:00Z')).toBe('2031-03-03T02:30:00Z');
  expect(nextTurn({ dailyAtUtc: '02:30' }, '2031-12-31T12:00:00Z')).toBe('2032-01-01T02:30:00Z');
});

it('a job that fails is tried again after 1, 2, 4 minutes, and at most an hour', () => {
  const now = '2031-03-02T08:00:00Z';
  expect([1, 2, 3, 7, 40].map((failures) => nextTry(failures, now))).toEqual([
    '2031-03-02T08:01:00Z',
    '2031-03-02T08:02:00Z',
    '2031-03-02T08:04:00Z',
    '2031-03-02T09:00:00Z',
    '2031-03-02T09:00:00Z',
  ]);
});

it('a job has a name and a time that are ones', () => {
  const run = async () => {};
  expect(() => defineJob({ name: 'Trim', everyMinutes: 1, run })).toThrow('no name');
  expect(() => defineJob({ name: 'trim', dailyAtUtc: '24:00', run })).toThrow('no time');
});
