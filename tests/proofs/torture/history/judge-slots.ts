import type { Appointment } from '../../../../core/calendar/appointment.ts';
import { firstVerdict, type Journal } from './journal.ts';
import { checkLinearizable, type Operation } from './linearizable.ts';
import type { DecidedCommand, Truth } from './load-truth.ts';
import { seatsOf, type SeatInput } from './seats.ts';

export interface SlotFindings {
  readonly notLinearizable: string[];
  /** The search was given up. */
  readonly unknown: string[];
  /** The histories of the slots in the two lists above. */
  readonly histories: Record<string, readonly Operation<SeatInput>[]>;
  readonly slots: number;
  readonly operations: number;
  /** The number of operations on the busiest slot. */
  readonly maxOperations: number;
}

const releasing = new Set(['cancelled', 'entered-in-error']);

/** The slots that a visit holds, as `<resource or patient> <quarter>`. Derived from the product's text alone. */
function heldBy(visit: Appointment | null): Set<string> {
  const held = new Set<string>();
  if (visit === null || releasing.has(visit.status)) return held;
  const start = Date.parse(visit.scheduledStart) / 900_000;
  const end = start + visit.durationMinutes / 15;
  // A visit whose patient did not come let the rest go.
  const last = visit.holdsUntil === null ? Infinity : Date.parse(visit.holdsUntil) / 900_000;
  const hold = (what: string | null, from: number, until: number) => {
    if (what === null) return;
    for (let quarter = from; quarter < Math.min(until, last); quarter++) held.add(`${what} ${quarter}`);
  };
  const [from, until] = [start - visit.bufferBeforeMinutes / 15, end + visit.bufferAfterMinutes / 15];
  hold(visit.providerId, from, until);
  hold(visit.roomId, from, until);
  hold(visit.equipmentId, start, end);
  if (!visit.patientMayOverlap) hold(visit.patientId, start, end);
  return held;
}

/** Checks that the operations on each slot have a possible order, each at a moment while its command was under way. */
export function judgeSlots(journal: Journal, truth: Truth): SlotFindings {
  const bySlot = operationsBySlot(journal, truth);
  const capacities = new Map(
    truth.slots.map(({ resourceId, quarter, capacity }) => [`${resourceId} ${quarter}`, capacity]),
  );
  const findings: Pick<SlotFindings, 'notLinearizable' | 'unknown' | 'histories'> = {
    notLinearizable: [],
    unknown: [],
    histories: {},
  };
  let operations = 0;
  let maxOperations = 0;
  for (const [slot, happened] of bySlot) {
    operations += happened.length;
    maxOperations = Math.max(maxOperations, happened.length);
    // A key that is no slot belongs to a patient, who can be in one visit at a time.
    const verdict = checkLinearizable(seatsOf(capacities.get(slot) ?? 1), happened);
    if (verdict.kind !== 'linearizable') findings.histories[slot] = happened;
    if (verdict.kind === 'not-linearizable') {
      findings.notLinearizable.push(`${slot}: one of these fits nowhere: ${verdict.stuckAt.slice(0, 5).join('; ')}`);
    } else if (verdict.kind === 'unknown') findings.unknown.push(`${slot}: ${happened.length} operations`);
  }
  return { ...findings, slots: bySlot.size, operations, maxOperations };
}

function operationsBySlot(journal: Journal, truth: Truth): Map<string, Operation<SeatInput>[]> {
  const bySlot = new Map<string, Operation<SeatInput>[]>();
  const add = (slot: string, command: DecidedCommand, input: SeatInput) => {
    const entry = journal.entries.get(command.commandId);
    if (!entry) return;
    const respondedAt = firstVerdict(entry)?.at ?? Infinity;
    const name = `${input.kind} ${input.by} by ${command.type} ${command.commandId}`;
    const operations = bySlot.get(slot) ?? [];
    operations.push({ name, invokedAt: entry.invokedAt, respondedAt, input });
    bySlot.set(slot, operations);
  };

  const done = [...truth.commands.values()].filter(({ changes, appointment }) => changes > 0 && appointment !== null);
  for (const [by, versions] of Map.groupBy(done, ({ appointment }) => appointment!.appointmentId)) {
    let before = new Set<string>();
    for (const command of versions.toSorted((a, b) => a.appointment!.version - b.appointment!.version)) {
      const after = heldBy(command.appointment);
      for (const slot of before.difference(after)) add(slot, command, { kind: 'leave', by });
      for (const slot of after.difference(before)) add(slot, command, { kind: 'take', by });
      before = after;
    }
  }
  for (const command of truth.commands.values()) {
    for (const { reason, resourceId, appointmentId: by, start, end } of command.blockers) {
      const what = reason === 'taken' ? resourceId : reason === 'patient-busy' ? command.patientId : null;
      if (!what || !by) continue;
      for (let quarter = start; quarter < end; quarter++) add(`${what} ${quarter}`, command, { kind: 'seen', by });
    }
  }
  return bySlot;
}
