import path from 'node:path';

import { expect, test } from 'vitest';

import { openStore } from '../../../../db/sqlite/open-store.ts';
import { keepDay } from '../../../../electron/desk/days/keep-day.ts';
import { prune } from '../../../../electron/desk/days/prune.ts';
import { makeKey } from '../../../../electron/desk/keys/key-keeper.ts';
import { loadHeldStretches } from '../../../../electron/desk/store/held-days.ts';
import { markConfirmed, markRefused, markResolved, writeCommand } from '../../../../electron/desk/store/outbox.ts';
import { writePatient } from '../../../../electron/desk/store/patients.ts';
import { aBook, aDayView, anAppointment, aPatient, aRegister, berlin } from '../../builders.ts';
import { scratchFolder } from '../../scratch.ts';
import { aProblem } from '../../stand-in-server.ts';

const orgId = 'org-1';
const now = '2026-11-23T08:00:00Z';

test('pruning deletes old days, their visits and patients, and commands that were decided long ago', async () => {
  const store = openStore(path.join(await scratchFolder(), 'desk.sqlite'), makeKey());
  const [old, looked, kept] = ['2026-11-02', '2026-11-10', '2026-11-23'] as const;
  const patients = [old, looked, kept].map((date) => aPatient({ displayName: `Of ${date}` }));
  for (const [at, date] of [old, looked, kept].entries()) {
    const [startsAt, endsAt] = [`${date}T00:00:00Z`, `${date}T23:00:00Z`];
    const patient = patients[at] ?? aPatient();
    const visit = anAppointment({ patientId: patient.patientId, scheduledStart: `${date}T08:00:00Z` });
    const view = aDayView({ date, startsAt, endsAt, appointments: [visit], patients: [patient] });
    const confirmedAt = date === looked ? '2026-11-22T08:00:00Z' : `${date}T07:00:00Z`;
    await keepDay(store, orgId, view, { staleBefore: 0, withPatients: true, confirmedAt }, {});
  }
  const searched = [aPatient({ displayName: 'Searched lately' }), aPatient({ displayName: 'Searched long ago' })];
  writePatient(store, orgId, searched[0] ?? aPatient(), '2026-11-01T08:00:00Z');
  writePatient(store, orgId, searched[1] ?? aPatient(), '2026-10-01T08:00:00Z');
  const registered = aRegister();
  const registeredPatient = aPatient({ patientId: registered.command.body.patientId, displayName: 'Waits' });
  writePatient(store, orgId, registeredPatient);
  writeCommand(store, orgId, registered, { expected: null, patient: registeredPatient, waitsFor: [], frees: [] });
  const done = [aBook(), aBook(), aBook(), aBook()] as const;
  for (const typed of done) writeCommand(store, orgId, typed);
  const [long, lately, refused, resolved] = done.map(({ command }) => command.commandId) as [
    string,
    string,
    string,
    string,
  ];
  const longAgo = { decidedAt: '2026-11-01T08:00:00Z', epoch: null };
  markConfirmed(store, long, longAgo);
  markConfirmed(store, lately, { ...longAgo, decidedAt: '2026-11-20T08:00:00Z' });
  for (const commandId of [refused, resolved]) {
    const problem = aProblem('refused', { reason: 'unknown' });
    markRefused(store, commandId, { ...longAgo, problem, followsCommandId: null, resolution: null });
  }
  markResolved(store, orgId, resolved, 'discarded');

  const keptWindow = { siteId: berlin.siteId, dates: [kept] };
  for (let twice = 0; twice < 2; twice++) await prune({ store, orgId, now, kept: keptWindow, hooks: {} });

  expect(loadHeldStretches(store, orgId).map(({ date }) => date)).toEqual([looked, kept]);
  const names = store.client.prepare("select patient ->> '$.displayName' from patients order by 1").pluck().all();
  expect(names).toEqual([`Of ${looked}`, `Of ${kept}`, 'Searched lately', 'Waits']);
  expect(store.client.prepare('select count(*) from appointments').pluck().get()).toBe(2);
  const ids = store.client.prepare('select command_id from outbox order by position').pluck().all();
  // Only a person takes a refusal away, however old it is.
  expect(ids).toEqual([registered.command.commandId, lately, refused]);
  const found = store.client.prepare('select count(*) from patient_search where patient_search match \'"2026-11-02"\'');
  expect(found.pluck().get()).toBe(0);
  store.client.close();
});
