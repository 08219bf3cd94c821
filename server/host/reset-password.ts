import { completeSignInName, readSignInName } from '../../core/domain/people/sign-in.ts';
import { openOwnerConnection, type OwnerTransaction } from '../../db/pg/owner-connection.ts';
import { PlainError } from '../problems/plain-error.ts';
import { hashPassword, makePassword } from '../sessions/passwords.ts';

/**
 * Gives a person a new password and ends all sessions of that person, with the database owner's URL: for an administrator who
 * has forgotten the own one. `name` is a user name, or `name@handle` where there are several organizations. Returns the
 * sign-in name and the password, which is stored nowhere. Throws PlainError where the name is nobody's or several people's.
 */
export async function resetPassword(options: {
  readonly adminDatabaseUrl: string;
  readonly name: string;
}): Promise<{ readonly username: string; readonly password: string }> {
  const { username, handle } = readSignInName(options.name.toLowerCase());
  const sql = openOwnerConnection(options.adminDatabaseUrl, { max: 1, applicationName: 'holdfast reset-password' });
  try {
    const password = makePassword();
    const passwordHash = await hashPassword(password);
    const found = await sql.begin(async (tx) =>
      writePassword(tx as OwnerTransaction, { username, handle, passwordHash }),
    );
    return { username: completeSignInName(username, found), password };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Returns the handle of the person's organization. */
async function writePassword(
  tx: OwnerTransaction,
  {
    username,
    handle,
    passwordHash,
  }: { readonly username: string; readonly handle: string | null; readonly passwordHash: string },
): Promise<string> {
  const people = await tx<{ orgId: string; userId: string; handle: string; active: boolean }[]>`
    select u.org_id as "orgId", u.user_id as "userId", o.handle, u.active
    from users u join organizations o using (org_id)
    where u.username = ${username} and o.handle = coalesce(${handle}, o.handle)`;
  const [person] = people;
  if (!person) throw new PlainError(`Nobody here has the user name "${username}".`);
  if (people.length > 1) {
    const names = people.map((each) => `${username}@${each.handle}`).join(', ');
    throw new PlainError(`Several organizations have a user "${username}". Name one: ${names}.`);
  }
  if (!person.active) throw new PlainError(`"${username}" has left: the account is not active.`);
  await tx`update users set password_hash = ${passwordHash} where org_id = ${person.orgId} and user_id = ${person.userId}`;
  await tx`update sessions set ended_at = now()
    where org_id = ${person.orgId} and user_id = ${person.userId} and ended_at is null`;
  return person.handle;
}
