import type { DecisionContext } from './context.ts';
import type { Verdict } from './verdict.ts';

/** The verdict under a command's id in the organization; null where there is none. A verdict never changes. */
export async function loadVerdict({ pool, actor }: DecisionContext, commandId: string): Promise<Verdict | null> {
  const [row] = await pool<{ verdict: Verdict | null }[]>`
    select holdfast_api.find_verdict(${actor.orgId}, ${commandId}) as verdict`;
  return row?.verdict ?? null;
}
