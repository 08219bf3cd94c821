import type { Appointment } from '../../../core/calendar/appointment.ts';
import { definitionOf, type Command, type TypedCommand } from '../../../core/commands/list.ts';
import type { Decision, DeskEvent } from '../../../core/contract/desk/calls.ts';
import type { DeskDay } from '../../../core/contract/desk/desk-day.ts';
import { instantOf, quarterOf } from '../../../core/domain/time/quarter.ts';
import { protocol } from '../../../core/primitives/protocol.ts';
import { idOf, type ModelClinic } from '../model/clinic-of-plan.ts';
import { maxRushQuarters } from '../model/plan.ts';
import type { Journal } from '../torture/history/journal.ts';
import type { Deed, Place } from './plan.ts';
import type { SimulatedDesk } from './simulated-desk.ts';

/** A person at a desk: sees what the desk shows, does what the plan says, and remembers the deeds. */
export interface Person {
  do(deed: Deed, twice: boolean): Promise<void>;
  hear(event: DeskEvent): void;
}

export interface PersonOptions {
  readonly desk: SimulatedDesk;
  readonly deskId: string;
  readonly userId: string;
  readonly clinic: ModelClinic;
  readonly rushQuarters: number;
  readonly date: string;
  readonly journal: Journal;
  /** A number that has not been given out yet. */
  readonly nextNumber: () => number;
  /** Moments of the run. Each is later than the one before. */
  readonly moment: () => number;
  readonly undoWindow: () => number;
}

interface Remembered {
  readonly typed: TypedCommand;
  /** The visit as the desk showed it before. */
  readonly before: Appointment | null;
  readonly at: number;
}

const undoWindowMs = 10_000;
type Shown = DeskDay['view']['appointments'][number];

export function makePerson(options: PersonOptions): Person {
  const { desk, clinic, journal, moment, nextNumber, date } = options;
  const { siteId } = clinic;
  let isOnline = false;
  /** When the desk was last seen to go online or offline. */
  let lastChangeAt = 0;
  let last: Remembered | null = null;
  const cancelled: Remembered[] = [];
  const entries: string[] = [];

  function hearOf(commandId: string, decision: Decision): void {
    const askedAt = journal.entries.get(commandId)?.invokedAt ?? 0;
    journal.told(commandId, { at: moment(), decision, mayBeOwn: !isOnline || lastChangeAt >= askedAt });
  }

  async function send(typed: TypedCommand): Promise<void> {
    const { commandId } = typed.command;
    journal.invoked(desk.name, typed, moment());
    const answer = await desk.call('send', typed);
    if (answer?.ok) hearOf(commandId, answer.value);
    else if (answer) journal.notTaken(commandId, answer.problem.code);
  }

  const resourcesOf = (kind: string) => clinic.resources.filter((resource) => resource.kind === kind);
  const nth = <T>(list: readonly T[], n: number): T | null => list[n % list.length] ?? null;
  const placeOf = ({ provider, start }: Place) => {
    const isRush = start >= 1 && start <= maxRushQuarters;
    const quarter = clinic.opensAt + (isRush ? 1 + ((start - 1) % options.rushQuarters) : start);
    return {
      providerId: nth(resourcesOf('provider'), provider)?.resourceId ?? '',
      scheduledStart: instantOf(quarter),
    };
  };
  const envelope = (undoes?: string) => ({
    commandId: idOf('command', nextNumber()),
    actorId: options.userId,
    deskId: options.deskId,
    madeAt: desk.instant(),
    protocol,
    ...(undoes !== undefined && { undoes }),
  });
  const following = (afterCommandId: string | undefined) =>
    afterCommandId === undefined ? {} : { precondition: { afterCommandId } };

  /** The visits that the screen shows and that are not cancelled. */
  async function look(): Promise<{ visits: readonly Shown[]; pendingOn: ReadonlyMap<string, string> } | null> {
    const answer = await desk.call('readDay', { siteId, date });
    if (!answer?.ok) return null;
    const { view, provisional } = answer.value;
    return {
      visits: view.appointments
        .filter(({ status }) => status !== 'cancelled')
        .toSorted((a, b) => (a.appointmentId < b.appointmentId ? -1 : 1)),
      pendingOn: new Map(provisional.map(({ appointmentId, commandId }) => [appointmentId, commandId])),
    };
  }

  /** The visit that the deed is about, and the last waiting command on that visit. */
  async function findVisit(n: number): Promise<{ visit: Shown; after: string | undefined } | null> {
    const seen = await look();
    const visit = seen && nth(seen.visits, n);
    return visit && { visit, after: seen.pendingOn.get(visit.appointmentId) };
  }

  function remember(typed: TypedCommand, before: Appointment | null): void {
    last = { typed, before, at: options.undoWindow() };
    if (typed.type === 'cancel') cancelled.push(last);
  }

  function bookingOf(deed: Extract<Deed, { type: 'book' | 'register-and-book' }>, patientId: string, after?: string) {
    const service = nth(clinic.services, deed.service);
    const body: Command<'book'>['body'] = {
      appointmentId: idOf('visit', nextNumber()),
      siteId,
      patientId,
      serviceId: service?.serviceId ?? '',
      ...placeOf(deed),
      ...(deed.duration !== null && { durationMinutes: deed.duration * 15 }),
    };
    return { type: 'book' as const, command: { ...envelope(), ...following(after), body } };
  }

  function registration(): Extract<TypedCommand, { type: 'register-patient' }> {
    const patientId = idOf('patient', nextNumber() + 100);
    const body = { patientId, displayName: 'Newcomer', birthDate: '1990-04-01', phone: '', alert: '' };
    return { type: 'register-patient', command: { ...envelope(), body } };
  }

  /** The command that takes this one back, as the page makes it: by the definition of the command's type. */
  function undoOf({ typed, before }: Remembered): TypedCommand | null {
    const { commandId } = typed.command;
    const undo = definitionOf(typed.type).undo?.(typed.command, before);
    if (!undo) return null;
    const command = { ...envelope(commandId), precondition: { afterCommandId: commandId }, body: undo.body };
    return { type: undo.type, command } as TypedCommand;
  }

  /** The commands of the deed at this moment, to be sent right after one another; and the visit as it was before. */
  async function commandsOf(deed: Deed): Promise<{ commands: TypedCommand[]; before: Appointment | null } | null> {
    const just = (...commands: TypedCommand[]) => ({ commands, before: null });
    switch (deed.type) {
      case 'book':
        return just(bookingOf(deed, nth(clinic.patientIds, deed.patient) ?? ''));
      case 'register-and-book': {
        const registered = registration();
        const { commandId, body } = registered.command;
        return just(registered, bookingOf(deed, body.patientId, commandId));
      }
      case 'move': {
        const found = await findVisit(deed.visit);
        if (!found) return null;
        const { visit, after } = found;
        const precondition = after === undefined ? { version: visit.version } : { afterCommandId: after };
        const body = { appointmentId: visit.appointmentId, ...placeOf(deed) };
        return { commands: [{ type: 'move', command: { ...envelope(), precondition, body } }], before: visit };
      }
      case 'cancel':
      case 'arrive':
      case 'check-in':
      case 'fulfil':
      case 'no-show':
      case 'un-arrive':
      case 'un-check-in':
      case 'un-fulfil':
      case 'un-no-show': {
        const found = await findVisit(deed.visit);
        if (!found) return null;
        const { visit, after } = found;
        const body = { appointmentId: visit.appointmentId };
        const command = { ...envelope(), ...following(after), body };
        return { commands: [{ type: deed.type, command }], before: visit };
      }
      case 'reinstate': {
        const cancel = nth(cancelled, deed.visit)?.typed;
        if (cancel?.type !== 'cancel') return null;
        const precondition = { afterCommandId: cancel.command.commandId };
        return just({ type: 'reinstate', command: { ...envelope(), precondition, body: cancel.command.body } });
      }
      case 'undo': {
        const undone = last;
        last = null;
        const isInTime = undone !== null && options.undoWindow() - undone.at < undoWindowMs;
        const undo = isInTime ? undoOf(undone) : null;
        return undo && just(undo);
      }
      case 'raise-capacity': {
        const resource = nth(clinic.resources, deed.resource);
        const { scheduledStart } = placeOf({ provider: 0, start: deed.start });
        const body = {
          resourceId: resource?.resourceId ?? '',
          slotStarts: [scheduledStart],
          capacity: deed.capacity,
          reason: 'because the plan says so',
        };
        return just({ type: 'raise-capacity', command: { ...envelope(), body } });
      }
      case 'join-waitlist': {
        const patientId = nth(clinic.patientIds, deed.patient) ?? '';
        const serviceId = nth(clinic.services, deed.service)?.serviceId ?? '';
        return just(joinOf(patientId, serviceId, instantOf(clinic.opensAt)));
      }
      case 'leave-waitlist': {
        const waitlistEntryId = nth(entries, deed.entry);
        return waitlistEntryId === null
          ? null
          : just({ type: 'leave-waitlist', command: { ...envelope(), body: { waitlistEntryId } } });
      }
      case 'resolve':
        return null;
    }
  }

  function joinOf(patientId: string, serviceId: string, startsAt: string): TypedCommand {
    const waitlistEntryId = idOf('request', nextNumber());
    entries.push(waitlistEntryId);
    const windows = [{ startsAt, endsAt: instantOf(quarterOf(startsAt) + 8) }];
    const wish = { waitlistEntryId, siteId, patientId, serviceId, providerIds: [], windows };
    return { type: 'join-waitlist', command: { ...envelope(), body: { ...wish, urgency: 'routine', note: '' } } };
  }

  /** Opens the oldest refusal, has it explained once more, and deals with it. */
  async function resolve(as: Extract<Deed, { type: 'resolve' }>['as']): Promise<void> {
    const tray = await desk.call('readOutbox', {});
    const entry = tray?.ok
      ? tray.value.find(({ state, followsCommandId }) => state === 'refused' && !followsCommandId)
      : null;
    if (!entry) return;
    const { commandId } = entry.typed.command;
    const explained = await desk.call('explainRefusal', { commandId });
    if (!explained) return;
    if (explained.ok) hearOf(commandId, explained.value);
    const problem = explained.ok && explained.value.kind === 'refused' ? explained.value.problem : entry.problem;
    if (problem?.code === 'conflict' && problem.data.asked.patientId !== null) {
      const { asked, alternatives } = problem.data;
      const { patientId, serviceId, scheduledStart } = asked;
      const [free] = alternatives;
      if (as === 'rebooked' && free && patientId !== null) {
        const appointmentId = idOf('visit', nextNumber());
        const { durationMinutes, providerId } = free;
        const place = { scheduledStart: free.scheduledStart, durationMinutes, providerId };
        const body = { appointmentId, siteId, patientId, serviceId, ...place };
        await send({ type: 'book', command: { ...envelope(), body } });
      }
      if (as === 'kept-on-waitlist' && patientId !== null) await send(joinOf(patientId, serviceId, scheduledStart));
    }
    journal.resolved(commandId);
    await desk.call('resolveRefusal', { commandId, as });
  }

  return {
    hear(event) {
      if (event.type === 'status') {
        const { connection } = event.status;
        if (isOnline !== (connection === 'online')) lastChangeAt = moment();
        isOnline = connection === 'online';
      }
      if (event.type === 'decided') hearOf(event.commandId, event.decision);
    },
    async do(deed, twice) {
      if (deed.type === 'resolve') return resolve(deed.as);
      const meant = await commandsOf(deed);
      if (!meant || !desk.isUp()) return;
      const { commands, before } = meant;
      const [first] = commands;
      // All are sent in order and at once: the second does not wait for the answer to the first.
      const sent = commands.map(send);
      if (twice && first) sent.push(send(first));
      const done = commands.at(-1);
      if (done && deed.type !== 'undo') remember(done, before);
      await Promise.all(sent);
    },
  };
}
