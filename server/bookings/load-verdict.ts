import { withSnapshot } from '../../db/pg/with-snapshot.ts';
import type { DecisionContext } from './decide.ts';

/** Whether the organization's command of this id was decided, and done. */
export async function isDone({ pool, session }: DecisionContext, commandId: string): Promise<boolean> {
  return withSnapshot(pool, session.orgId, async (tx) => {
    const [row] = await tx<{ done: boolean }[]>`
      select verdict ->> 'kind' = 'done' as done from commands where org_id = ${session.orgId} and command_id = ${commandId}`;
    return row?.done === true;
  });
}
