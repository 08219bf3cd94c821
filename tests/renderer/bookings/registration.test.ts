import { describe, expect, test } from 'vitest';

import { beginRegistration, readRegistration, type Registration } from '../../../renderer/bookings/registration.ts';

const today = '2026-11-23';
const typed = (fields: Partial<Registration>): Registration => ({ ...beginRegistration('', null), ...fields });

describe('the fields of a new patient', () => {
  test('are filled from what was typed into the search', () => {
    expect(beginRegistration('Xenia Zwiebel 7 Mar 1980 030 23125', null)).toMatchObject({
      name: 'Xenia Zwiebel',
      birthDate: '7 Mar 1980',
      phone: '030 23125',
      isOpen: true,
    });
  });

  test('show figures where day and month may be swapped, so that the person can read both', () => {
    const { birthDate } = beginRegistration('7/3/1980', null);
    expect(birthDate).toBe('07.03.1980');
    expect(readRegistration(typed({ name: 'X', birthDate }), today).birthDates).toEqual(['1980-03-07', '1980-07-03']);
  });

  test('keep their content when the person goes back to the search and returns', () => {
    const before = { ...beginRegistration('Xenia', null), name: 'Xenia Zwiebel', alert: 'Latex', isOpen: false };
    expect(beginRegistration('Xenia', before)).toEqual({ ...before, isOpen: true });
  });

  test('keep fields that a longer search does not mention', () => {
    const before = { ...beginRegistration('Xenia', null), phone: '030 23125', isOpen: false };
    const again = beginRegistration('Xenia Zwiebel', before);
    expect(again).toMatchObject({ patientId: before.patientId, name: 'Xenia Zwiebel', phone: '030 23125' });
  });

  test('are empty for another name: no patient gets the phone of another', () => {
    const before = { ...beginRegistration('Xenia', null), phone: '030 23125', isOpen: false };
    const other = beginRegistration('Anna', before);
    expect(other).toMatchObject({ name: 'Anna', phone: '', birthDate: '' });
    expect(other.patientId).not.toBe(before.patientId);
  });
});

describe('reading them', () => {
  test('gives a patient without blanks around, and no fault', () => {
    const registration = typed({
      name: '  Xenia   Zwiebel ',
      birthDate: '7.3.80',
      phone: ' 030 23125 ',
      alert: ' Latex ',
    });
    const { patientId } = registration;
    expect(readRegistration(registration, today)).toMatchObject({
      patient: { patientId, displayName: 'Xenia Zwiebel', birthDate: '1980-03-07', phone: '030 23125', alert: 'Latex' },
      faults: {},
    });
  });

  test.each<[Partial<Registration>, object]>([
    [{}, { name: 'missing', birthDate: 'missing' }],
    [{ name: '\u200b.', birthDate: '7.3.80' }, { name: 'missing' }],
    [{ name: 'X'.repeat(121), birthDate: '7.3.80' }, { name: 'too-long' }],
    [{ name: 'X', birthDate: '7.3.80', alert: 'a'.repeat(201) }, { alert: 'too-long' }],
    [
      { name: 'X\u0000', birthDate: '7.3.80', alert: 'a\ud800' },
      { name: 'broken', alert: 'broken' },
    ],
    [{ name: 'X', birthDate: '30.2.1980' }, { birthDate: 'unreadable' }],
    [{ name: 'X', birthDate: '24.11.2026' }, { birthDate: 'in-the-future' }],
    [{ name: 'X', birthDate: '23.11.2026' }, {}],
    [{ name: 'X', birthDate: '7.3.1980', phone: '12ab' }, { phone: 'not-a-phone' }],
    [{ name: 'X', birthDate: '7.3.1980', phone: '' }, {}],
  ])('%j has the faults %j', (fields, faults) => {
    expect(readRegistration(typed(fields), today).faults).toEqual(faults);
  });
});
