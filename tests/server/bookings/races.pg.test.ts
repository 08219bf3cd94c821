import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';

import type { Command } from '../../../core/commands/list.ts';
import { refused } from '../../../core/domain/terms.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import type { SerializableHooks } from '../../../db/pg/with-serializable.ts';
import { moveCall } from '../../../server/bookings/calls.ts';
import { envelopeOf } from '../../../server/commands/envelope.ts';
import { requireDone, requireRefused, withBookingDesk } from '../../builders/booking-desk.ts';
import { aboutCommand, actorOf, atDesk, bookCommand, moveCommand } from '../../builders/commands.ts';

const { admin, superuser, pool, clinic, database, send } = await withBookingDesk({
  providers: 9,
  rooms: 3,
  equipment: 2,
  patients: 9,
  days: 4,
});
const [patient1 = '', patient2 = ''] = clinic.patients;
const [provider1 = '', provider2 = ''] = clinic.providers;
const [room1 = ''] = clinic.rooms;
const at = (offset: number) => instantOf(clinic.opensAt + offset);
/** Each test has its own stretch of the calendar. */
let nextStretch = 0;
const stretch = () => (nextStretch += 12);

type Step = 'begun' | 'before-commit' | 'committed';
const steps: readonly Step[] = ['begun', 'before-commit', 'committed'];

/** Runs `work` once, when the command's transaction is at this step. */
function onceAt(step: Step, work: (attempt: number) => Promise<unknown>): SerializableHooks {
  let done = false;
  return {
    async at(reached, attempt) {
      if (reached !== step || done) return;
      done = true;
      await work(attempt);
    },
  };
}

/** Resolves when this many sessions wait for a lock. The race is then at the point that the test needs. */
async function someoneWaits(sessions = 1): Promise<void> {
  await expect
    .poll(
      async () =>
        (
          await superuser`select from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`
        ).length,
      { interval: 5, timeout: 10_000 },
    )
    .toBe(sessions);
}

describe('a rival that books the same slots', () => {
  it('before the call wins, and the other gets 409 with alternatives', async () => {
    const offset = stretch();
    const rival = bookCommand(clinic, offset, { patientId: patient2 });
    const hooks = onceAt('begun', async () => requireDone(await send('book', rival)));
    const refusal = requireRefused(await send('book', bookCommand(clinic, offset), hooks), 'conflict');
    expect(refusal.data.blockers).toContainEqual(
      expect.objectContaining({ reason: 'taken', appointmentId: rival.body.appointmentId, resourceId: provider1 }),
    );
    expect(refusal.data.alternatives).toHaveLength(5);
  });

  it('after the call waits for the commit and loses', async () => {
    const offset = stretch();
    let rival: ReturnType<typeof send> | undefined;
    const hooks = onceAt('before-commit', async () => {
      rival = send('book', bookCommand(clinic, offset, { patientId: patient2 }));
      await someoneWaits();
    });
    requireDone(await send('book', bookCommand(clinic, offset), hooks));
    requireRefused(await (rival ?? Promise.reject(new Error('never begun'))), 'conflict');
  });

  it('wins after all when the first transaction is rolled back', async () => {
    const offset = stretch();
    let rival: ReturnType<typeof send> | undefined;
    const hooks = onceAt('before-commit', async () => {
      rival = send('book', bookCommand(clinic, offset, { patientId: patient2 }));
      await someoneWaits();
      throw new Error('the first desk burns down');
    });
    await expect(send('book', bookCommand(clinic, offset), hooks)).rejects.toThrow('burns down');
    requireDone(await (rival ?? Promise.reject(new Error('never begun'))));
  });
});

describe('a room that we chose and lost', () => {
  it('is exchanged for another room without a question to the person', async () => {
    const offset = stretch();
    const wish = bookCommand(clinic, offset);
    // From the same facts the server chooses the same room for the same appointment id.
    const probe = requireDone(await send('book', wish));
    requireDone(await send('cancel', aboutCommand(clinic, wish.body.appointmentId)));
    const again = bookCommand(clinic, offset + 4, { appointmentId: uuidv7() });
    const hooks = onceAt('begun', async () => {
      for (const [n, roomId] of clinic.rooms.slice(0, 2).entries()) {
        const rival = { providerId: clinic.providers[n + 2] ?? '', patientId: clinic.patients[n + 2] ?? '', roomId };
        requireDone(await send('book', bookCommand(clinic, offset + 4, rival)));
      }
    });
    const visit = requireDone(await send('book', again, hooks));
    expect(probe.roomId).not.toBeNull();
    expect(visit.roomId).toBe(clinic.rooms[2]);
  });

  it('is not exchanged when the person named it: the person gets a conflict', async () => {
    const offset = stretch();
    const hooks = onceAt('begun', async () =>
      requireDone(
        await send('book', bookCommand(clinic, offset, { roomId: room1, providerId: provider2, patientId: patient2 })),
      ),
    );
    const refusal = requireRefused(
      await send('book', bookCommand(clinic, offset, { roomId: room1 }), hooks),
      'conflict',
    );
    expect(refusal.data.blockers.map((blocker) => blocker.reason)).toEqual(['taken']);
  });
});

describe('a move', () => {
  it('that races another move of the same visit is stale', async () => {
    const offset = stretch();
    const { appointmentId } = requireDone(await send('book', bookCommand(clinic, offset)));
    const hooks = onceAt('begun', async () =>
      requireDone(await send('move', moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 4) }))),
    );
    const refusal = requireRefused(
      await send('move', moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 6) }), hooks),
      'stale-version',
    );
    expect(refusal.data.current.version).toBe(2);
  });

  it('that crosses another one ends without a deadlock, and neither is lost', async () => {
    const offset = stretch();
    const a = requireDone(await send('book', bookCommand(clinic, offset)));
    const b = requireDone(await send('book', bookCommand(clinic, offset + 4, { patientId: patient2 })));
    const retries: string[] = [];
    const hooks: SerializableHooks = { retried: (kind) => void retries.push(kind) };
    const actor = actorOf(clinic);
    // The bare database call: by present facts the moves would be refused before they meet.
    const move = (visit: typeof a, to: number) => {
      const start = clinic.opensAt + to;
      const placement = { ...visit, start, end: start + 2, bufferBeforeQuarters: 0, bufferAfterQuarters: 0 };
      const command = moveCommand(clinic, 1, { appointmentId: visit.appointmentId, scheduledStart: at(to) });
      return moveCall({ pool, hooks, actor, envelope: envelopeOf('move', command, actor, atDesk) }, placement, 1);
    };
    // Both meet at the first slot. A move that had released its own slots before would now hold what the other wants.
    const { moves } = await admin.begin(async (tx) => {
      await tx`select from slots where org_id = ${clinic.orgId} and resource_id = ${provider1} and starts_at = ${at(offset)}
        for update`;
      const started = [move(a, offset + 4), move(b, offset)];
      await someoneWaits(2);
      return { moves: started };
    });
    const ends = await Promise.all(moves);
    expect(ends).toEqual([refused('slot-lost'), refused('slot-lost')]);
    expect(retries).not.toContain('deadlock');
  });
});

describe('a transaction that fails in passing', () => {
  it('with 40001 at COMMIT is run again', async () => {
    const offset = stretch();
    const command = bookCommand(clinic, offset);
    const kinds: string[] = [];
    const other = postgres(database.adminDatabaseUrl, { max: 1 });
    const hooks: SerializableHooks = {
      retried: (kind, code) => void kinds.push(`${kind} ${code}`),
      // A dangerous structure on purpose: this transaction reads the slot that the booking swaps, changes the service that
      // the booking read, and commits first. The booking's COMMIT must then fail.
      ...onceAt('before-commit', () =>
        other.begin('isolation level serializable', async (tx) => {
          await tx`select booked_count from slots
            where org_id = ${clinic.orgId} and resource_id = ${provider1} and starts_at = ${at(offset)}`;
          await tx`update services set name = 'Service anew' where org_id = ${clinic.orgId} and service_id = ${clinic.services.room}`;
        }),
      ),
    };
    requireDone(await send('book', command, hooks));
    await other.end();
    expect(kinds).toEqual(['serialization 40001']);
    const stored = await admin`select from appointments where appointment_id = ${command.body.appointmentId}`;
    expect(stored).toHaveLength(1);
  });

  it.each(steps.filter((step) => step !== 'committed'))(
    'because its connection was killed when %s is run again',
    async (step) => {
      const command = bookCommand(clinic, stretch());
      let killed = false;
      const result = await send('book', command, {
        async at(reached, _attempt, tx) {
          if (reached !== step || killed || !tx) return;
          killed = true;
          const [backend] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
          await superuser`select pg_terminate_backend(${backend?.pid ?? 0}, 5000)`;
        },
      });
      requireDone(result);
      expect(killed).toBe(true);
    },
  );

  it('ten times in a row is Busy: 503, nothing is stored, and the same command may be sent again', async () => {
    const command = bookCommand(clinic, stretch());
    const failing: SerializableHooks = {
      at: (reached) => {
        if (reached === 'before-commit') throw Object.assign(new Error('again'), { code: '40001' });
      },
    };
    requireRefused(await send('book', command, failing), 'busy');
    expect(await admin`select from commands where command_id = ${command.commandId}`).toHaveLength(0);
    requireDone(await send('book', command));
  });
});

describe('a command that is delivered twice', () => {
  it.each(steps)('while the first delivery is at "%s" has one result, and books once', async (step) => {
    const command = bookCommand(clinic, stretch());
    let second: ReturnType<typeof send> | undefined;
    const hooks = onceAt(step, async () => {
      second = send('book', command);
      if (step === 'before-commit') await someoneWaits();
    });
    const first = requireDone(await send('book', command, hooks));
    const again = requireDone(await (second ?? Promise.reject(new Error('never sent'))));
    expect(again).toEqual(first);
    const stored = await admin`select from appointments where appointment_id = ${command.body.appointmentId}`;
    expect(stored).toHaveLength(1);
  });

  it('eight times at once has one result', async () => {
    const command = bookCommand(clinic, stretch());
    const visits = (await Promise.all(Array.from({ length: 8 }, () => send('book', command)))).map(requireDone);
    expect(new Set(visits.map((visit) => JSON.stringify(visit))).size).toBe(1);
  });

  it('after its first answer gets that answer, though it has taken the slots itself', async () => {
    const command = bookCommand(clinic, stretch());
    expect(requireDone(await send('book', command))).toEqual(requireDone(await send('book', command)));
  });

  it('after a refusal is refused again, even when the slots are free by now', async () => {
    const offset = stretch();
    const holder = requireDone(await send('book', bookCommand(clinic, offset, { patientId: patient2 })));
    const command = bookCommand(clinic, offset, { patientId: patient1 });
    const first = requireRefused(await send('book', command), 'conflict');
    requireDone(await send('cancel', aboutCommand(clinic, holder.appointmentId)));
    const again = requireRefused(await send('book', command), 'conflict');
    expect(again.data.blockers).toEqual(first.data.blockers);
  });

  it('with another body is refused, and the first stands', async () => {
    const offset = stretch();
    const command = bookCommand(clinic, offset);
    requireDone(await send('book', command));
    const changed: Command<'book'> = { ...command, body: { ...command.body, scheduledStart: at(offset + 4) } };
    requireRefused(await send('book', changed), 'command-reused');
  });

  it('as a move has one result', async () => {
    const offset = stretch();
    const { appointmentId } = requireDone(await send('book', bookCommand(clinic, offset)));
    const command = moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 3) });
    const results = await Promise.all([send('move', command), send('move', command), send('move', command)]);
    expect(results.map((result) => requireDone(result).version)).toEqual([2, 2, 2]);
  });
});

describe('many at once', () => {
  it('one window, nine desks, one provider: one wins and eight are told why', async () => {
    const offset = stretch();
    const results = await Promise.all(
      clinic.patients.map((patientId) => send('book', bookCommand(clinic, offset, { patientId }))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    for (const result of results.filter((one) => !one.ok)) {
      expect(requireRefused(result, 'conflict').data.alternatives.length).toBeGreaterThan(0);
    }
  });

  it('nine providers and three rooms: three win, each with a room of its own', async () => {
    const offset = stretch();
    const results = await Promise.all(
      clinic.providers.map((providerId, n) =>
        send('book', bookCommand(clinic, offset, { providerId, patientId: clinic.patients[n] ?? '' })),
      ),
    );
    const rooms = results.filter((result) => result.ok).map((result) => requireDone(result).roomId);
    expect(new Set(rooms).size).toBe(rooms.length);
    expect(rooms).toHaveLength(3);
  });
});
