import type { Credentials, Session } from '../../core/contract/session.ts';
import { readSignInName } from '../../core/domain/people/sign-in.ts';
import type { Pool } from '../../db/pg/pool.ts';
import type { Attempts } from '../limits/attempts.ts';
import { problem, ProblemError } from '../problems/problems.ts';
import { loadPerson } from './load-person.ts';
import { verifyPassword } from './passwords.ts';
import type { SessionRegister } from './session-register.ts';

interface Login {
  readonly orgId: string;
  readonly userId: string;
  readonly passwordHash: string;
  readonly active: boolean;
}

export interface SignInDependencies {
  readonly pool: Pool;
  readonly sessions: SessionRegister;
  readonly attempts: Attempts;
}

/**
 * Opens a session for a user name and a password, from a network address. `name@handle` always names
 * one person. `name` alone does so where the server holds one organization; where it holds several, nobody has that name.
 * Throws the 401, which does not say what was wrong, and the 429 after too many failures.
 */
export async function signIn(
  { pool, sessions, attempts }: SignInDependencies,
  { username, password }: Credentials,
  address: string,
): Promise<Session> {
  const typed = readSignInName(username);
  const handle = typed.handle ?? (await onlyHandle(pool)) ?? '';
  let login: Login | undefined;
  // Both ways to write one person's name count together.
  const verified = await attempts.withAttempt(`${typed.username}@${handle}`, address, async () => {
    [login] = await pool<Login[]>`
      select org_id as "orgId", user_id as "userId", password_hash as "passwordHash", active
      from holdfast_api.find_login(${handle}, ${typed.username})`;
    return verifyPassword(login?.active === true ? login.passwordHash : null, password);
  });
  if (!verified || !login) {
    throw new ProblemError(problem('unauthenticated', 'The user name or the password is wrong.', null));
  }
  const { token, signedIn } = await sessions.open({ ...login, handle });
  return { token, expiresAt: signedIn.expiresAt, person: await loadPerson(pool, signedIn) };
}

async function onlyHandle(pool: Pool): Promise<string | undefined> {
  const [only] = await pool<{ handle: string }[]>`select handle from holdfast_api.only_handle()`;
  return only?.handle;
}
