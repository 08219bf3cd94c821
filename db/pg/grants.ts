import type postgres from 'postgres';

/** The functions through which the app's role writes and reads across row-level security. Nothing else writes. */
const callable = [
  'book_appointment(command_envelope, appointments)',
  'move_appointment(command_envelope, integer, appointments)',
  'set_appointment_status(command_envelope, uuid, text[], text, text)',
  'reinstate_appointment(command_envelope, uuid, integer)',
  'raise_capacity(command_envelope, uuid, timestamptz[], integer, text)',
  'register_patient(command_envelope, patients)',
  'join_waitlist(command_envelope, waitlist_entries)',
  'leave_waitlist(command_envelope, uuid)',
  'refuse_command(command_envelope, jsonb)',
  'find_verdict(uuid, uuid)',
  'publish_slots(uuid, uuid[], timestamptz[], timestamptz[])',
  'find_login(text)',
  'create_session(uuid, uuid, bytea, timestamptz)',
  'find_sessions(bytea[])',
  'end_session(bytea)',
  'create_desk_pairing(uuid, uuid, bytea)',
  'pair_desk(bytea, uuid, text, bytea)',
  'find_desks(bytea[])',
  'find_actor(uuid, uuid)',
  'search_patients(uuid, text, text[], integer)',
  'booking_facts(uuid, uuid, uuid, uuid, uuid[], uuid[], timestamptz, timestamptz, boolean)',
  'find_appointment(uuid, uuid)',
  'describe_appointments(uuid, uuid[])',
  'feed_page(uuid, xid8, bigint, integer, boolean)',
  'find_time_zone(uuid, uuid)',
  'day_view(uuid, uuid, date, timestamptz, timestamptz, boolean)',
  'current_org_id()',
  'quarter_of(timestamptz)',
  'holds_claims(text)',
  'rfc3339(timestamptz)',
  'appointment_json(appointments)',
];

/** The app's role could pass the walls: it owns them, is a superuser, or bypasses row-level security. */
export class AppRoleTooPowerfulError extends Error {
  constructor(role: string) {
    super(
      `DATABASE_URL's role "${role}" owns the tables, is a superuser or bypasses row-level security; ` +
        'give the app a role of its own: CREATE ROLE holdfast_app LOGIN PASSWORD …',
    );
    this.name = 'AppRoleTooPowerfulError';
  }
}

/** Grants the app's role reading by row-level security, and writing by the functions above alone. Idempotent. */
export async function grantAppRole(sql: postgres.TransactionSql, role: string): Promise<void> {
  const [powers] = await sql<{ too_powerful: boolean }[]>`
    select rolsuper or rolbypassrls or pg_has_role(rolname, current_user, 'member') as too_powerful
    from pg_roles where rolname = ${role}`;
  if (!powers) {
    throw new Error(`DATABASE_URL's role "${role}" does not exist; create it: CREATE ROLE ${role} LOGIN PASSWORD …`);
  }
  if (powers.too_powerful) throw new AppRoleTooPowerfulError(role);
  await sql`grant usage on schema public to ${sql(role)}`;
  await sql`grant select on all tables in schema public to ${sql(role)}`;
  await sql`revoke select on users, sessions, desks, desk_pairings from ${sql(role)}`;
  for (const signature of callable) {
    await sql.unsafe(`grant execute on function ${signature} to "${role.replaceAll('"', '""')}"`);
  }
}
