-- What was done may be undone for ten seconds, before anyone is told: a cancelled visit comes back to where it was, and a
-- message to a patient waits that long, to be withdrawn by the undo.

-- The command that this one takes back; null: none.
alter type command_envelope add attribute undoes uuid;

-- What a cancelled visit was before, for the way back.
alter table appointments
  add column cancelled_from text,
  add constraint appointments_cancelled_from check (cancelled_from is null or status = 'cancelled');

-- What a patient is to be told: at most one message for each command. Who sends claims what is due by sent_at.
create table outgoing_messages (
  org_id uuid not null,
  command_id uuid not null,
  kind text not null check (kind in ('booked', 'moved', 'cancelled', 'reinstated')),
  appointment_id uuid not null,
  patient_id uuid not null,
  not_before timestamptz not null default clock_timestamp() + interval '10 seconds',
  sent_at timestamptz,
  withdrawn_at timestamptz,
  -- The undo.
  withdrawn_by uuid,
  primary key (org_id, command_id),
  constraint outgoing_messages_sent_or_withdrawn check (sent_at is null or withdrawn_at is null)
);
create trigger outgoing_message_is_settled_once before update on outgoing_messages
  for each row when (old.sent_at is not null or old.withdrawn_at is not null)
  execute function refuse_by_wall('a message is sent or withdrawn once, and then stays as it is');
alter table outgoing_messages enable row level security;
create policy of_this_organization on outgoing_messages for select using (org_id = current_org_id());

-- Queues what the patient is to be told of a command. An undo withdraws the message of what it undoes, and then there is
-- nothing to tell; where that one was sent already, the patient has to hear of the undo too. Whether it was sent is a
-- matter of the row: a sender and an undo at once meet at it, and one of them sees what the other did.
create function tell_patient(c command_envelope, a appointments, p_kind text) returns void language plpgsql as $$
begin
  if a.patient_id is null then
    return;
  end if;
  if c.undoes is not null then
    update outgoing_messages set withdrawn_at = clock_timestamp(), withdrawn_by = c.command_id
      where org_id = c.org_id and command_id = c.undoes and appointment_id = a.appointment_id
        and sent_at is null and withdrawn_at is null;
    if found then
      return;
    end if;
  end if;
  insert into outgoing_messages (org_id, command_id, kind, appointment_id, patient_id)
    values (c.org_id, c.command_id, p_kind, a.appointment_id, a.patient_id);
end $$;

create or replace function book_appointment(c command_envelope, a appointments) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  verdict jsonb;
  known jsonb;
begin
  a.org_id := c.org_id;
  a.version := 1;
  a.status := 'booked';
  a.created_at := clock_timestamp();
  a.updated_at := a.created_at;
  verdict := done_verdict(a);
  known := enter_command(c, verdict);
  if known is not null then
    return known;
  end if;
  insert into appointments values (a.*);
  perform record_change(c, a.site_id, 'appointment', a.appointment_id, a.starts_at, a.ends_at, null);
  -- Without tell_patient, because a booking undoes nothing, and each further function costs more than this row.
  if a.patient_id is not null then
    insert into outgoing_messages (org_id, command_id, kind, appointment_id, patient_id)
      values (c.org_id, c.command_id, 'booked', a.appointment_id, a.patient_id);
  end if;
  return verdict;
end $$;

create or replace function move_appointment(c command_envelope, p_version integer, a appointments) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known jsonb := enter_command(c, 'null');
  before appointments;
begin
  if known is not null then
    return known;
  end if;
  before := lock_appointment(c, a.appointment_id);
  if before.version <> p_version then
    raise exception using errcode = 'HF002', message = 'the appointment has another version';
  end if;
  if before.status not in ('proposed', 'pending', 'booked', 'arrived', 'checked-in') then
    raise exception using errcode = 'HF003', message = 'the appointment can no longer be moved';
  end if;
  update appointments set
      site_id = a.site_id, provider_id = a.provider_id, room_id = a.room_id, equipment_id = a.equipment_id,
      starts_at = a.starts_at, ends_at = a.ends_at, version = before.version + 1, updated_at = clock_timestamp()
    where org_id = c.org_id and appointment_id = a.appointment_id
    returning * into a;
  perform record_change(c, a.site_id, 'appointment', a.appointment_id,
    least(before.starts_at, a.starts_at), greatest(before.ends_at, a.ends_at), null);
  perform tell_patient(c, a, 'moved');
  return settle_command(c, done_verdict(a));
end $$;

create or replace function set_appointment_status(c command_envelope, p_appointment_id uuid, p_from text[], p_to text, p_reason text)
  returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known jsonb := enter_command(c, 'null');
  a appointments;
begin
  if known is not null then
    return known;
  end if;
  a := lock_appointment(c, p_appointment_id);
  if a.status <> p_to then
    if a.status <> all (p_from) then
      raise exception using errcode = 'HF003', message = 'the status does not allow it';
    end if;
    update appointments set
        status = p_to, version = a.version + 1, updated_at = clock_timestamp(),
        arrived_at = case p_to when 'booked' then null when 'checked-in' then coalesce(a.arrived_at, clock_timestamp())
                               else a.arrived_at end,
        cancel_reason = coalesce(p_reason, a.cancel_reason),
        cancelled_from = case p_to when 'cancelled' then a.status end
      where org_id = c.org_id and appointment_id = p_appointment_id
      returning * into a;
    perform record_change(c, a.site_id, 'appointment', a.appointment_id, a.starts_at, a.ends_at, p_reason);
    if p_to = 'cancelled' then
      perform tell_patient(c, a, 'cancelled');
    end if;
  end if;
  return settle_command(c, done_verdict(a));
end $$;

-- Brings a cancelled visit back to where and as it was: the trigger swaps its slots anew, or everything stays. Raises
-- HF002 when the version is not p_version, HF003 when the visit is not cancelled, else as book_appointment.
create function reinstate_appointment(c command_envelope, p_appointment_id uuid, p_version integer) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known jsonb := enter_command(c, 'null');
  a appointments;
begin
  if known is not null then
    return known;
  end if;
  a := lock_appointment(c, p_appointment_id);
  if a.version <> p_version then
    raise exception using errcode = 'HF002', message = 'the appointment has another version';
  end if;
  if a.status <> 'cancelled' then
    raise exception using errcode = 'HF003', message = 'only a cancelled appointment comes back';
  end if;
  update appointments set
      status = coalesce(a.cancelled_from, 'booked'), cancelled_from = null, cancel_reason = null,
      version = a.version + 1, updated_at = clock_timestamp()
    where org_id = c.org_id and appointment_id = p_appointment_id
    returning * into a;
  perform record_change(c, a.site_id, 'appointment', a.appointment_id, a.starts_at, a.ends_at, null);
  perform tell_patient(c, a, 'reinstated');
  return settle_command(c, done_verdict(a));
end $$;

-- The verdict under a command's id, or null. A verdict never changes, so whoever follows a command may read it before
-- its own transaction begins.
create function find_verdict(p_org_id uuid, p_command_id uuid) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
  select verdict from commands where org_id = p_org_id and command_id = p_command_id
$$;
