import type postgres from 'postgres';

import { weaknesses as ofTorture } from '../torture/weaknesses.ts';
import type { Invariant } from './judge-simulation.ts';
import type { Weakening } from './run-simulation.ts';

/** A guarantee that is taken away, and the promise that must then be broken. */
export interface Weakness extends Weakening {
  /** SQL that the owner of the central database runs before anything else. */
  readonly inDatabase?: (owner: postgres.Sql) => Promise<unknown>;
  readonly breaks: Invariant;
  /** A first seed from which the loss is found soon. From any other one it is found with more seeds. */
  readonly fromSeed: number;
}

/** SQL that matches one id in `many` by its last digits, the same ids in every run. */
const oneIn = (many: number, id: string) => `cast(substr(${id}, -2) as integer) % ${many} = 0`;

export const weaknesses: Readonly<Record<string, Weakness>> = {
  'a swap that does not compare, with no key behind it': {
    inDatabase: ofTorture['no-swap'].breakIt,
    // A slot that was free in the facts is taken when the call comes.
    network: { slowest: 4, late: 0, lost: 0, held: 60 },
    breaks: 'no double booking',
    fromSeed: 10,
  },
  'a server that decides an id twice': {
    inDatabase: ofTorture['forgotten-commands'].breakIt,
    breaks: 'exactly once',
    fromSeed: 1,
  },
  'an outbox that forgets what it is sending': {
    onDesk: `create trigger forgets after update on outbox when new.state = 'sent' and ${oneIn(3, 'new.command_id')}
      begin delete from outbox where command_id = new.command_id; end`,
    breaks: 'exactly once',
    fromSeed: 1,
  },
  'a feed with gaps': {
    inDatabase: async (owner) => {
      await owner.unsafe(
        'create function leave_out() returns trigger language plpgsql as $$ begin return null; end $$',
      );
      await owner.unsafe(`create trigger some_are_left_out before insert on changes for each row
        when (new.entity = 'appointment' and right(new.entity_id::text, 2)::integer % 3 = 0) execute function leave_out()`);
    },
    breaks: 'every desk converges',
    fromSeed: 1,
  },
  'a desk that skips changes': {
    onDesk: `create trigger skips before update on appointments
      when new.version > old.version and ${oneIn(3, 'new.appointment_id')} begin select raise(ignore); end`,
    breaks: 'every desk converges',
    fromSeed: 1,
  },
  'a command that waits for itself': {
    onDesk: `create trigger waits after insert on outbox when new.type = 'cancel'
      begin update outbox set waits_for = json_array(new.command_id) where command_id = new.command_id; end`,
    breaks: 'nothing provisional is left',
    fromSeed: 1,
  },
  'lanes without order': {
    onDesk: `create trigger has_no_lane after insert on outbox
      begin update outbox set lane = new.command_id, after_command_id = null, waits_for = '[]'
        where command_id = new.command_id; end`,
    breaks: 'order per appointment',
    fromSeed: 1,
  },
  'a tray that drops refusals': {
    onDesk: `create trigger drops after update on outbox when new.state = 'refused'
      begin update outbox set state = 'resolved', resolution = 'discarded' where command_id = new.command_id; end`,
    breaks: 'no refusal goes silently',
    fromSeed: 1,
  },
  'a disk that refuses a command': {
    onDesk: `create trigger is_full before insert on outbox when new.type = 'move'
      begin select raise(abort, 'the disk is full'); end`,
    breaks: 'nothing is thrown',
    fromSeed: 1,
  },
};
