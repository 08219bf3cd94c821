import { describe, expect, it } from 'vitest';

import type { DayView } from '../../../core/calendar/calendar.ts';
import { openFeed } from '../../../server/calendar/feed.ts';
import { loadDay } from '../../../server/calendar/load-day.ts';
import { searchPatients } from '../../../server/patients/search-patients.ts';
import { requireDone, requireRefused, now, withBookingDesk } from '../../builders/booking-desk.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { bookCommand, envelope, registerCommand } from '../../builders/commands.ts';

const { admin, pool, clinic, send } = await withBookingDesk();
const { orgId } = clinic;
/** The answer of a server that was asked nothing before. */
const pull = (cursor: string) => openFeed({ pool }).pull(orgId, cursor, true);

const rowsOf = (patientId: string) => admin<
  { display_name: string; birth_date: string; phone: string; alert: string }[]
>`
  select display_name, birth_date::text as birth_date, phone, alert from patients where org_id = ${orgId} and patient_id = ${patientId}`;

describe('registering a patient', () => {
  it('makes a patient whom a search finds and a day names, with the typed fields', async () => {
    const command = registerCommand(clinic, { phone: '+49 30 23125123', alert: 'Latex' });
    expect(await send('register-patient', command)).toMatchObject({ ok: true, value: { appointment: null } });
    const { patientId } = command.body;
    expect(await rowsOf(patientId)).toEqual([
      { display_name: 'Žofie Ďuričková', birth_date: '1980-03-07', phone: '+49 30 23125123', alert: 'Latex' },
    ]);
    expect((await searchPatients(pool, orgId, 'durickova')).map((found) => found.patientId)).toEqual([patientId]);
    requireDone(await send('book', bookCommand(clinic, 0, { patientId })));
    const text = await loadDay(pool, { orgId, siteId: clinic.siteId, date: '2031-03-03', withPatients: true });
    const day = JSON.parse(text) as DayView;
    expect(day.patients.map((patient) => patient.displayName)).toContain('Žofie Ďuričková');
  });

  it('is done once, however often and however concurrently the command is sent', async () => {
    const command = registerCommand(clinic);
    const results = await Promise.all(Array.from({ length: 8 }, () => send('register-patient', command)));
    expect(results.every((result) => result.ok)).toBe(true);
    expect(await rowsOf(command.body.patientId)).toHaveLength(1);
    const audited =
      await admin`select action, entity, actor_id, reason from audit_events where command_id = ${command.commandId}`;
    expect([...audited]).toEqual([
      { action: 'register-patient', entity: 'patient', actor_id: clinic.userId, reason: null },
    ]);
  });

  it('with a known command id and another body is refused, and so is a known patient id', async () => {
    const command = registerCommand(clinic);
    await send('register-patient', command);
    const other = { ...command, body: { ...command.body, displayName: 'Somebody Else' } };
    requireRefused(await send('register-patient', other), 'command-reused');
    const again = { ...other, commandId: envelope(clinic).commandId };
    const { data } = requireRefused(await send('register-patient', again), 'invalid-input');
    expect(data.issues.map(({ path }) => path)).toEqual(['body.patientId']);
    expect(await rowsOf(command.body.patientId)).toMatchObject([{ display_name: 'Žofie Ďuričková' }]);
  });

  it('tells the desks that there is one more, and leaves nothing of the patient in feed, audit or verdict', async () => {
    const { cursor } = await pull('');
    const command = registerCommand(clinic, { phone: '030 99887766', alert: 'Faints' });
    await send('register-patient', command);
    const { changes } = await pull(cursor);
    const { patientId } = command.body;
    expect(changes).toEqual([{ entity: 'patient', entityId: patientId, patient: { ...command.body } }]);
    const [kept] = await admin<{ text: string }[]>`
      select (select string_agg(v.verdict::text, '') from commands v where org_id = ${orgId}) ||
        (select string_agg(e::text, '') from audit_events e where org_id = ${orgId}) ||
        (select string_agg(c::text, '') from changes c where org_id = ${orgId}) as text`;
    for (const secret of ['ofie', 'uri', '1980', '99887766', 'Faints']) expect(kept?.text).not.toContain(secret);
  });

  it.each([
    ['a day that lies ahead', 2],
    ['a day more than 130 years back', -131 * 365.25],
  ])('born on %s is refused, and stays refused', async (_, days) => {
    const birthDate = new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
    const command = registerCommand(clinic, { birthDate });
    for (const attempt of [1, 2]) {
      const { data } = requireRefused(await send('register-patient', command), 'refused');
      expect(data.reason, `attempt ${attempt}`).toBe('birth-date');
    }
    expect(await rowsOf(command.body.patientId)).toEqual([]);
  });

  it('takes a patient born today, by the date of the zone where today begins first', async () => {
    const [today = ''] = now.split('T');
    expect((await send('register-patient', registerCommand(clinic, { birthDate: today }))).ok).toBe(true);
  });

  it('does not refuse a likely duplicate: two people can have one name and birth date', async () => {
    await send('register-patient', registerCommand(clinic));
    expect((await send('register-patient', registerCommand(clinic))).ok).toBe(true);
  });
});

describe('a booking', () => {
  const after = (afterCommandId: string, patientId: string, offset: number) => ({
    ...bookCommand(clinic, offset, { patientId }),
    precondition: { afterCommandId },
  });

  it('for an unknown patient is refused by a problem of its own', async () => {
    const { patientId } = registerCommand(clinic).body;
    expect(requireRefused(await send('book', bookCommand(clinic, 10, { patientId })), 'not-found').detail).toContain(
      'patient',
    );
  });

  it('for a patient of another organization is the same refusal', async () => {
    const elsewhere = await makeClinic(admin);
    requireRefused(
      await send('book', bookCommand(clinic, 10, { patientId: elsewhere.patients[0] ?? '' })),
      'not-found',
    );
  });

  it('that comes after a registration is booked once that is done', async () => {
    const register = registerCommand(clinic);
    await send('register-patient', register);
    const appointment = requireDone(await send('book', after(register.commandId, register.body.patientId, 20)));
    expect(appointment.patientId).toBe(register.body.patientId);
  });

  it.each([
    ['was refused', true],
    ['never came', false],
  ])('is refused with the registration that %s, and stays refused', async (_, isSent) => {
    const register = registerCommand(clinic, { birthDate: '2099-01-01' });
    if (isSent) await send('register-patient', register);
    // Also when the patient is known: the registration that the booking follows did not happen.
    const book = after(register.commandId, clinic.patients[0] ?? '', 30);
    expect(requireRefused(await send('book', book), 'refused').data.reason).toBe('parent-refused');
    if (!isSent) await send('register-patient', { ...register, body: { ...register.body, birthDate: '1980-03-07' } });
    expect(requireRefused(await send('book', book), 'refused').data.reason).toBe('parent-refused');
    expect(await admin`select from appointments where appointment_id = ${book.body.appointmentId}`).toHaveLength(0);
  });

  it('after a command of another organization is refused: no other organization sees its verdicts', async () => {
    const elsewhere = await makeClinic(admin);
    const commandId = envelope(clinic).commandId;
    await admin`insert into commands (org_id, command_id, body_hash, command_type, actor_kind, actor_id, desk_id, made_at, verdict)
      values (${elsewhere.orgId}, ${commandId}, '', 'register-patient', 'person', ${elsewhere.userId}, 'd', now(), '{"kind": "done"}')`;
    const book = after(commandId, clinic.patients[1] ?? '', 40);
    expect(requireRefused(await send('book', book), 'refused').data.reason).toBe('parent-refused');
  });
});
