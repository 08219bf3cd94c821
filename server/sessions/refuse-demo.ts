import { demoPasswordOf } from '../../core/domain/people/demo-password.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { errorCode } from '../../db/pg/sql-state.ts';
import { PlainError } from '../problems/plain-error.ts';
import { verifyPassword } from './passwords.ts';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;

/** SQLSTATEs invalid_schema_name and undefined_function: the database is not migrated yet. */
const hasNoSchema: readonly string[] = ['3F000', '42883'];

/**
 * Throws PlainError where a server that others can reach would let them in by a password that everybody may read. `host` is
 * the address on which it is to listen. In a database without Holdfast's schema nobody can sign in.
 */
export async function refuseDemoBeyondLoopback(pool: Pool, host: string): Promise<void> {
  if (loopback.test(host)) return;
  const logins = await pool<{ username: string; passwordHash: string }[]>`
    select username, password_hash as "passwordHash" from holdfast_api.find_demo_logins()`.catch((error: unknown) => {
    if (hasNoSchema.includes(errorCode(error))) return [];
    throw error;
  });
  for (const { username, passwordHash } of logins) {
    if (!(await verifyPassword(passwordHash, demoPasswordOf(username)))) continue;
    throw new PlainError(
      `This database holds the demo clinic, and "${username}" signs in with a password that everybody may read. Serve another database on ${host}, or this one on 127.0.0.1.`,
    );
  }
}
