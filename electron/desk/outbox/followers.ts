import { typesThat } from '../../../core/commands/list.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { StoredCommand } from '../store/outbox.ts';
import { prepared } from '../store/prepared.ts';

/** The types that make what they are about. Where such a command is refused, the later ones of its lane make no sense. */
const makers = JSON.stringify(typesThat(({ makes }) => makes === true));

export interface RefusedParent {
  readonly commandId: string;
  readonly isResolved: boolean;
}

/**
 * The refused command without which `stored` makes no sense: the command that it names, or the one that was to make the thing
 * that it is about; null where neither was refused. Of a chain it is the first, so that a person deals with all at once.
 */
export function refusedParentOf(
  store: Store,
  { afterCommandId, lane, orgId, position }: StoredCommand,
): RefusedParent | null {
  const row = prepared<unknown[], { command_id: string; follows_command_id: string | null; state: string }>(
    store,
    `select command_id, follows_command_id, state from outbox
     where org_id = ? and state in ('refused', 'resolved') and resolution is not 'withdrawn'
       and (command_id = ? or (lane = ? and position < ? and type in (select value from json_each(?))))
     order by position limit 1`,
  ).get(orgId, afterCommandId, lane, position, makers);
  if (!row) return null;
  return { commandId: row.follows_command_id ?? row.command_id, isResolved: row.state === 'resolved' };
}
