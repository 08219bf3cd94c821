import path from 'node:path';

import type postgres from 'postgres';

import { openEncrypted } from '../../../db/sqlite/open-store.ts';
import { keyFile } from '../../../electron/browser/key-file.ts';
import type { FaultRates } from './faults/plan-faults.ts';

/** A guarantee that is taken away, and the violations that the torture must then find. */
export interface Weakness {
  /** Fault rates at which a short run meets what the guarantee is for. */
  readonly rates?: Partial<FaultRates>;
  readonly synchronousCommit?: string;
  /** SQL that the owner runs before anything else. */
  readonly breakIt?: (owner: postgres.Sql) => Promise<unknown>;
  /** Damages the folder of a desk that was killed. */
  readonly afterDeskKill?: (dataDir: string) => void;
}

const statements =
  (...texts: readonly string[]) =>
  async (owner: postgres.Sql) => {
    for (const text of texts) await owner.unsafe(text);
  };

/** Defines a function anew with a piece of its text exchanged. Throws when the piece is missing: nothing would be weakened. */
async function exchange(owner: postgres.Sql, functionName: string, piece: string, instead: string): Promise<void> {
  const [row] = await owner<{ definition: string }[]>`
    select pg_get_functiondef(oid) as definition from pg_proc where proname = ${functionName}`;
  if (!row?.definition.includes(piece)) throw new Error(`${functionName} no longer contains ${piece}`);
  await owner.unsafe(row.definition.replace(piece, instead));
}

export const weaknesses = {
  /** A commit is answered as soon as the primary has it. A failover loses the last commits when the standby is behind. */
  'asynchronous-standby': {
    synchronousCommit: 'local',
    rates: {
      failover: { every: [4_000, 7_000], lasts: [0, 0] },
      replicationLink: { every: [200, 500], lasts: [500, 1_500] },
    },
  },
  /** A repeated command is decided again. */
  'forgotten-commands': {
    breakIt: (owner) =>
      exchange(
        owner,
        'enter_command',
        'insert into commands',
        'delete from commands where org_id = c.org_id and command_id = c.command_id; insert into commands',
      ),
  },
  /**
   * A slot is taken whether it is free or not, and no key stands behind that. The facts are always stale: otherwise they
   * would refuse most late bookings, and SERIALIZABLE the rest.
   */
  'no-swap': {
    breakIt: async (owner) => {
      await exchange(owner, 'booking_facts', 'if not p_seats_left then', 'if false then');
      await exchange(owner, 'appointment_takes_effect', ' and s.booked_count < s.capacity', '');
      await statements('alter table slots drop constraint slots_never_overbooked')(owner);
    },
  },
  /** Commands that a desk has saved and that are not yet answered do not survive the desk's death. */
  'forgetful-outbox': {
    rates: { deskKill: { every: [1_000, 2_000], lasts: [0, 100] } },
    afterDeskKill(dataDir) {
      const store = openEncrypted(path.join(dataDir, 'desk.sqlite'), keyFile.loadKey(dataDir));
      store.exec("delete from outbox where state in ('saved', 'sent')");
      store.close();
    },
  },
  /** Some changes of visits never reach the feed. */
  'gaps-in-the-feed': {
    breakIt: statements(
      'create function leave_out() returns trigger language plpgsql as $$ begin return null; end $$',
      `create trigger some_are_left_out before insert on changes for each row
       when (new.entity = 'appointment' and hashtext(new.entity_id::text) % 20 = 0) execute function leave_out()`,
    ),
  },
} as const satisfies Record<string, Weakness>;

export type WeaknessName = keyof typeof weaknesses;
