import type postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import type { Clinic } from '../../builders/clinic.ts';
import type { Attack } from './target.ts';

/** `[what is tried, the call, the SQLSTATE that refuses it]`. */
export type CallAttack = [name: string, attack: Attack, refused: string];

/** The organization of a call: the clinic's, or that of the overrides (null: none). */
export function orgIn(clinic: Clinic, overrides: object = {}): string | null {
  return 'org_id' in overrides ? (overrides.org_id as string | null) : clinic.orgId;
}

/** The envelope of a command of its own, as the functions take it. */
export function envelopeIn(sql: postgres.Sql, clinic: Clinic, overrides: object = {}) {
  return sql.json({
    command_id: uuidv7(),
    body_hash: '\\x00',
    command_type: 'attack',
    actor_kind: 'person',
    actor_id: clinic.userId,
    desk_id: 'd',
    channel: 'desk',
    made_at: instantOf(clinic.opensAt),
    ...overrides,
  });
}
