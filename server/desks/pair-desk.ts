import type { z } from 'zod';

import type { PairedDesk, pairRequest } from '../../core/contract/pairing.ts';
import { readPairingCode } from '../../core/domain/people/pairing-code.ts';
import type { Pool } from '../../db/pg/pool.ts';
import type { Attempts } from '../limits/attempts.ts';
import { problem, ProblemError } from '../problems/problems.ts';
import { hashToken, mintToken } from '../sessions/tokens.ts';

/**
 * Pairs a desk by its one-time code, from a network address. The code is then used, even where the answer is lost. The token
 * leaves the process here and nowhere else. Throws the 401, which does not say whether the code was wrong, used or too old,
 * and the 429 after too many failures from the address.
 */
export async function pairDesk(
  { pool, attempts }: { readonly pool: Pool; readonly attempts: Attempts },
  { code, deskId, name }: z.output<typeof pairRequest>,
  address: string,
): Promise<PairedDesk> {
  const handle = readPairingCode(code)?.handle ?? '';
  const deskToken = mintToken(handle, 'desk');
  let organization: { orgId: string; organizationName: string; isDemo: boolean } | undefined;
  await attempts.withAttempt('', address, async () => {
    [organization] = await pool<{ orgId: string; organizationName: string; isDemo: boolean }[]>`
      select org_id as "orgId", organization_name as "organizationName", is_demo as "isDemo"
      from holdfast_api.pair_desk(${handle}, ${hashToken(code)}, ${deskId}, ${name}, ${hashToken(deskToken)})`;
    return organization !== undefined;
  });
  if (!organization) {
    const detail = 'This code is not good, or no longer. Ask an administrator for a new one.';
    throw new ProblemError(problem('unauthenticated', detail, null));
  }
  return { deskToken, ...organization };
}
