import { describe, expect, test } from 'vitest';

import {
  aCommand,
  aTruth,
  aVisit,
  at,
  booking,
  conflict,
  decided,
  done,
  journalOf,
  quarterAt,
  waiting,
} from './history/history-builders.ts';
import { judgeCommands } from './history/judge-commands.ts';
import { compareDay } from './history/judge-desks.ts';

const nothingWrong = { lost: [], decidedTwice: [], outOfOrder: [], wrong: [], refusedHere: 0 };

describe('the comparison of what desks told with what the server keeps', () => {
  test('finds nothing where both agree', () => {
    const journal = journalOf([
      booking,
      0,
      [
        [1, waiting],
        [2, done(aVisit('v1'))],
        [3, done(aVisit('v1'))],
      ],
    ]);
    expect(judgeCommands(journal, aTruth([decided('c1', 'book', aVisit('v1'))]))).toEqual(nothingWrong);
  });

  test('lets a command that nobody was told about be there or not', () => {
    expect(judgeCommands(journalOf([booking, 0, []]), aTruth([]))).toEqual(nothingWrong);
    expect(judgeCommands(journalOf([booking, 0, []]), aTruth([decided('c1', 'book', aVisit('v1'))]))).toEqual(
      nothingWrong,
    );
  });

  test.each([
    ['done', done(aVisit('v1'))],
    ['saved', waiting],
    ['refused', conflict],
  ])('told %s, and the server does not know it: lost', (_name, decision) => {
    expect(judgeCommands(journalOf([booking, 0, [[1, decision]]]), aTruth([])).lost).toHaveLength(1);
  });

  test('counts the refusal of a desk without its server as no loss, unless the desk had told that the command was saved', () => {
    expect(judgeCommands(journalOf([booking, 0, [[1, conflict, true]]]), aTruth([]))).toEqual({
      ...nothingWrong,
      refusedHere: 1,
    });
    const saved = journalOf([
      booking,
      0,
      [
        [1, waiting],
        [2, conflict, true],
      ],
    ]);
    expect(judgeCommands(saved, aTruth([])).lost).toHaveLength(1);
  });

  test.each([
    ['told done, stands as refused', done(aVisit('v1')), decided('c1', 'book', null)],
    ['told refused, stands as done', conflict, decided('c1', 'book', aVisit('v1'))],
    ['told another outcome', done(aVisit('v1', { providerId: 'another' })), decided('c1', 'book', aVisit('v1'))],
    ['one effect too many', done(aVisit('v1')), decided('c1', 'book', aVisit('v1'), { changes: 2 })],
  ])('%s: decided twice', (_name, decision, stands) => {
    expect(judgeCommands(journalOf([booking, 0, [[1, decision]]]), aTruth([stands])).decidedTwice).toHaveLength(1);
  });

  test('counts a withdrawn command and its undo as no loss, but a command that is withdrawn alone', () => {
    const undo = aCommand('cancel', 'c2', 'v1', 'c1');
    const both = journalOf(
      [
        booking,
        0,
        [
          [1, waiting],
          [3, done(null)],
        ],
      ],
      [undo, 2, [[3, done(null)]]],
    );
    expect(judgeCommands(both, aTruth([]))).toEqual(nothingWrong);
    const refused = journalOf([booking, 0, [[1, conflict]]], [undo, 2, [[3, done(null)]]]);
    expect(judgeCommands(refused, aTruth([decided('c1', 'book', null)]))).toEqual(nothingWrong);
    const one = journalOf([booking, 0, [[1, waiting]]], [undo, 2, [[3, done(null)]]]);
    expect(judgeCommands(one, aTruth([])).lost).toHaveLength(2);
  });

  test('counts a command that an unanswered undo withdrew as no loss, but one that the desk had told about', () => {
    const undo = aCommand('cancel', 'c2', 'v1', 'c1');
    const withdrawn = journalOf([booking, 0, [[1, waiting]]], [undo, 2, []]);
    expect(judgeCommands(withdrawn, aTruth([]))).toEqual(nothingWrong);
    const undoIsThere = aTruth([decided('c2', 'cancel', null)]);
    expect(judgeCommands(withdrawn, undoIsThere).lost).toHaveLength(1);
    const decidedFirst = journalOf([booking, 0, [[1, done(aVisit('v1'))]]], [undo, 2, []]);
    expect(judgeCommands(decidedFirst, aTruth([])).lost).toHaveLength(1);
  });

  test('finds commands that were decided in another order than made', () => {
    const cancel = aCommand('cancel', 'c2', 'v1');
    const journal = journalOf([booking, 0, [[9, done(aVisit('v1'))]]], [cancel, 1, []]);
    const cancelled = aVisit('v1', { version: 2, status: 'cancelled' });
    const truth = (first: number, second: number) =>
      aTruth([
        decided('c1', 'book', aVisit('v1'), { decidedAt: first }),
        decided('c2', 'cancel', cancelled, { decidedAt: second }),
      ]);
    expect(judgeCommands(journal, truth(1, 2))).toEqual(nothingWrong);
    expect(judgeCommands(journal, truth(2, 1)).outOfOrder).toHaveLength(1);
  });

  test('finds a command that nobody sent, one without a verdict, and a refused one with an effect', () => {
    const journal = journalOf([booking, 0, []]);
    expect(judgeCommands(journal, aTruth([decided('c9', 'book', aVisit('v1'))])).wrong).toHaveLength(1);
    expect(judgeCommands(journal, aTruth([decided('c1', 'book', null, { kind: '' })])).wrong).toHaveLength(1);
    expect(judgeCommands(journal, aTruth([decided('c1', 'book', null, { changes: 1 })])).wrong).toHaveLength(1);
  });
});

describe("the comparison of a desk's day with the server's", () => {
  const visit = aVisit('v1');
  const patient = { patientId: 'patient of v1', displayName: 'Ada', birthDate: '1980-01-01', phone: '', alert: '' };
  const truth = aTruth([], {
    appointments: [visit],
    patients: [patient],
    slots: [{ resourceId: 'doctor', quarter: quarterAt(9), capacity: 1 }],
  });
  const run = { resourceId: 'doctor', startsAt: at(9), endsAt: '2031-03-03T09:15:00Z', capacity: 1 };
  const day = (overrides: object) =>
    ({
      date: '2031-03-03',
      startsAt: at(0),
      endsAt: '2031-03-04T00:00:00Z',
      site: { siteId: 'site' },
      appointments: [visit],
      patients: [patient],
      openRuns: [run],
      ...overrides,
    }) as unknown as Parameters<typeof compareDay>[0];

  test('finds nothing where both are the same', () => expect(compareDay(day({}), truth)).toEqual([]));
  test.each([
    ['a visit is missing', { appointments: [] }],
    ['a visit is of another version', { appointments: [{ ...visit, version: 2 }] }],
    ['a visit too many', { appointments: [visit, aVisit('v2')] }],
    ['a patient is missing', { patients: [] }],
    ['a patient has another name', { patients: [{ ...patient, displayName: 'Eda' }] }],
    ['a slot is missing', { openRuns: [] }],
    ['a slot has other seats', { openRuns: [{ ...run, capacity: 2 }] }],
  ])('%s', (_name, overrides) => expect(compareDay(day(overrides), truth)).not.toEqual([]));
});
