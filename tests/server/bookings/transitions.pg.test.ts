import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';

import type { Command } from '../../../core/commands/list.ts';
import {
  transitionOf,
  transitionTypes,
  wayBackOf,
  type TransitionType,
} from '../../../core/domain/bookings/transitions.ts';
import type { AppointmentStatus } from '../../../core/domain/statuses.ts';
import { quarterDuring } from '../../../core/domain/time/quarter.ts';
import { now, requireDone, requireRefused, withBookingDesk } from '../../builders/booking-desk.ts';
import { aboutCommand, bookCommand } from '../../builders/commands.ts';

/** The clinic opens in the present quarter: a visit at its opening is of today, and has begun. */
const { admin, clinic, send } = await withBookingDesk({
  providers: 90,
  patients: 90,
  opensAt: quarterDuring(now),
});

const plain = { serviceId: clinic.services.plain };
let visits = 0;
/** A booked visit that begins now. Each has a provider and a patient of its own. */
async function booked(): Promise<string> {
  const [providerId = '', patientId = ''] = [clinic.providers[visits], clinic.patients[visits]];
  visits++;
  return requireDone(await send('book', bookCommand(clinic, 0, { ...plain, providerId, patientId }))).appointmentId;
}

const command = (appointmentId: string, undoes?: Command): Command<TransitionType> => ({
  ...aboutCommand(clinic, appointmentId),
  ...(undoes && { undoes: undoes.commandId, precondition: { afterCommandId: undoes.commandId } }),
});
const take = async (type: TransitionType, appointmentId: string) =>
  requireDone(await send(type, command(appointmentId)));

/** The steps that lead from `booked` to each status. */
const stepsTo: Readonly<Partial<Record<AppointmentStatus, readonly TransitionType[]>>> = {
  booked: [],
  arrived: ['arrive'],
  'checked-in': ['arrive', 'check-in'],
  fulfilled: ['arrive', 'check-in', 'fulfil'],
  noshow: ['no-show'],
  cancelled: ['cancel'],
};

async function visitIn(status: AppointmentStatus): Promise<string> {
  const appointmentId = await booked();
  for (const type of stepsTo[status] ?? []) await take(type, appointmentId);
  return appointmentId;
}

describe('the steps of a visit', () => {
  it('lead through the clinic, each with the next version and the same time of arrival', async () => {
    const appointmentId = await booked();
    const arrived = await take('arrive', appointmentId);
    expect(arrived).toMatchObject({ status: 'arrived', version: 2, arrivedAt: expect.any(String) as string });
    const { arrivedAt } = arrived;
    expect(await take('check-in', appointmentId)).toMatchObject({ status: 'checked-in', version: 3, arrivedAt });
    expect(await take('fulfil', appointmentId)).toMatchObject({ status: 'fulfilled', version: 4, arrivedAt });
    expect(await take('un-fulfil', appointmentId)).toMatchObject({ status: 'checked-in', version: 5, arrivedAt });
    expect(await take('un-check-in', appointmentId)).toMatchObject({ status: 'arrived', version: 6, arrivedAt });
    expect(await take('un-arrive', appointmentId)).toMatchObject({ status: 'booked', version: 7, arrivedAt: null });
  });

  it('may go past the waiting room: who goes straight to the provider has arrived then', async () => {
    const appointmentId = await booked();
    const inside = await take('check-in', appointmentId);
    expect(inside).toMatchObject({ status: 'checked-in', version: 2, arrivedAt: expect.any(String) as string });
  });

  it('end with a patient who did not come, or who came after all', async () => {
    const appointmentId = await booked();
    expect(await take('no-show', appointmentId)).toMatchObject({ status: 'noshow', version: 2, arrivedAt: null });
    expect(await take('un-no-show', appointmentId)).toMatchObject({ status: 'booked', version: 3, arrivedAt: null });
  });
});

describe.each(transitionTypes)('%s', (type) => {
  const { from, to } = transitionOf(type);
  const statuses = Object.keys(stepsTo) as AppointmentStatus[];

  it('is done from the statuses of its row, and refused from every other with the visit as it is', async () => {
    for (const status of statuses) {
      const appointmentId = await visitIn(status);
      const result = await send(type, command(appointmentId));
      const isAllowed = status === to || from.includes(status);
      const visit = isAllowed ? requireDone(result) : requireRefused(result, 'status-conflict').data.current;
      expect(visit.status, status).toBe(isAllowed ? to : status);
    }
  });

  it('of an unknown visit is refused', async () => {
    requireRefused(await send(type, command(uuidv7())), 'not-found');
  });

  it('needs its permission', async () => {
    requireRefused(await send(type, command(await booked()), {}, ['read-calendar']), 'forbidden');
  });
});

describe('the undo', () => {
  it.each([
    ['arrive', 'booked'],
    ['check-in', 'booked'],
    ['check-in', 'arrived'],
    ['fulfil', 'arrived'],
    ['fulfil', 'checked-in'],
    ['no-show', 'booked'],
  ] as const)('of %s from %s leaves the visit as it was, two versions on', async (type, status) => {
    const appointmentId = await visitIn(status);
    const steps = stepsTo[status]?.length ?? 0;
    const [before] = await admin`select status, arrived_at from appointments where appointment_id = ${appointmentId}`;
    const step = command(appointmentId);
    requireDone(await send(type, step));
    const back = wayBackOf(type, status);
    if (!back) throw new Error(`there is no way back to ${status}`);
    const undone = requireDone(await send(back, command(appointmentId, step)));
    expect(undone).toMatchObject({ status, version: steps + 3 });
    const [after] = await admin`select status, arrived_at from appointments where appointment_id = ${appointmentId}`;
    expect(after).toEqual(before);
  });
});

it('a step that is sent twice, or that somebody else took first, succeeds and changes nothing', async () => {
  const appointmentId = await booked();
  const step = command(appointmentId);
  const first = requireDone(await send('arrive', step));
  expect(requireDone(await send('arrive', step))).toEqual(first);
  expect(await take('arrive', appointmentId)).toEqual(first);
});
