-- What a row of appointments brings with it: the swaps of its slots, the quarters of its patient, and an event.
--
-- Slots are swapped in one global order (by the resource's id, then by time), so that two bookings never wait for each other
-- in a circle: one client in reversed order cost 14 deadlocks and two seconds in a round of 64. It is the order of the key
-- of slots, and the settings of the function leave no plan but a scan of that key, whatever the statistics say. One statement
-- swaps them all: PostgreSQL prepares the constraints and triggers of slots anew for each statement, which costs more than a
-- swap. Each function called from here and each expression costs too, because PL/pgSQL prepares its expressions anew in
-- every transaction.
--
-- A slot that the visit holds before and after is not touched: a closed slot stays with its visit, and a change of the
-- patient alone reaches no slot.
create or replace function appointment_takes_effect() returns trigger
  language plpgsql set search_path = holdfast, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  at timestamptz;
  until timestamptz;
  equipment_until timestamptz;
  kept interval := '0';
  swapped integer;
  slots_change boolean := true;
  patient_changes boolean := true;
begin
  if tg_op = 'INSERT' then
    -- A plain look, not a foreign key: all bookings of a service would otherwise lock its one row. It is as sound,
    -- because services are never deleted and keep their key.
    perform from services s where s.org_id = new.org_id and s.service_id = new.service_id;
    if not found then
      raise exception using errcode = 'HF006', message = 'no such service in this organization';
    end if;
  else
    slots_change :=
      (old.site_id, old.provider_id, old.room_id, old.equipment_id, old.starts_at, old.ends_at,
       old.buffer_before_minutes, old.buffer_after_minutes, old.holds_until, holds_slots(old.status))
      is distinct from
      (new.site_id, new.provider_id, new.room_id, new.equipment_id, new.starts_at, new.ends_at,
       new.buffer_before_minutes, new.buffer_after_minutes, new.holds_until, holds_slots(new.status));
    patient_changes :=
      (old.patient_id, old.patient_may_overlap, old.starts_at, old.ends_at, old.holds_until, holds_slots(old.status))
      is distinct from
      (new.patient_id, new.patient_may_overlap, new.starts_at, new.ends_at, new.holds_until, holds_slots(new.status));
    if slots_change then
      perform lock_slots(old, new);
      perform release_slots(old, new);
    end if;
    if patient_changes then
      perform release_patient(old);
    end if;
  end if;
  if slots_change and holds_slots(new.status) then
    if tg_op = 'UPDATE' then
      kept := (select coalesce(sum(stretch.until_at - stretch.from_at), '0')
        from generate_series(1, 3) k cross join kept_stretch(old, new, k) stretch);
    end if;
    -- The provider and the room are kept from buffer to buffer, a piece of equipment for the visit alone.
    at := new.starts_at - new.buffer_before_minutes * interval '1 minute';
    until := least(new.ends_at + new.buffer_after_minutes * interval '1 minute', new.holds_until);
    equipment_until := least(new.ends_at, new.holds_until);
    -- Compare and swap: of this kind, at this site, open, a seat left, and not held by this visit already.
    update slots s set booked_count = s.booked_count + 1, appointment_ids = s.appointment_ids || new.appointment_id
      where s.org_id = new.org_id and s.resource_id = any (array[new.provider_id, new.room_id, new.equipment_id])
        and s.starts_at >= at and s.starts_at < until
        and case s.resource_kind
          when 'provider' then s.resource_id = new.provider_id
          when 'room' then s.resource_id = new.room_id
          else s.resource_id = new.equipment_id and s.starts_at >= new.starts_at and s.starts_at < equipment_until end
        and s.site_id = new.site_id and s.open and s.booked_count < s.capacity and new.appointment_id <> all (s.appointment_ids);
    get diagnostics swapped = row_count;
    -- The swaps must be as many as the slots that the visit takes. After an update, each slot of the visit is looked at too: a
    -- slot that the visit should hold already and that does not name it may have been swapped in the place of a taken one.
    if swapped * interval '15 minutes' <>
      greatest(until - at, '0') * (1 + (new.room_id is not null)::integer)
        + greatest(equipment_until - new.starts_at, '0') * (new.equipment_id is not null)::integer - kept
      or (tg_op = 'UPDATE' and missing_slot(new) is not null) then
      raise exception using errcode = 'HF001', message = 'slot is not free',
        detail = coalesce(missing_slot(new)::text, '');
    end if;
  end if;
  if patient_changes and holds_slots(new.status) and new.patient_id is not null and not new.patient_may_overlap then
    insert into patient_claims (org_id, patient_id, starts_at, appointment_id)
      select new.org_id, new.patient_id, q, new.appointment_id
      from generate_series(new.starts_at, least(new.ends_at, new.holds_until) - interval '15 minutes', interval '15 minutes') q;
  end if;
  -- A change of the status, the time or a resource is an event. A call has written the event of this version before; a
  -- statement from outside has not, and no actor is known.
  if tg_op = 'UPDATE' and (old.status, old.site_id, old.starts_at, old.ends_at, old.provider_id, old.room_id, old.equipment_id)
      is not distinct from (new.status, new.site_id, new.starts_at, new.ends_at, new.provider_id, new.room_id, new.equipment_id) then
    return null;
  end if;
  insert into appointment_events as e (org_id, appointment_id, version, occurred_at, channel, action, status,
      site_id, starts_at, ends_at, provider_id, room_id, equipment_id)
    values (new.org_id, new.appointment_id, new.version, clock_timestamp(), 'sql', lower(tg_op), new.status,
      new.site_id, new.starts_at, new.ends_at, new.provider_id, new.room_id, new.equipment_id)
    -- An event that says something else is not this one's: its update is refused, because events are append-only.
    on conflict (org_id, appointment_id, version) do update set action = e.action
      where (e.status, e.site_id, e.starts_at, e.ends_at, e.provider_id, e.room_id, e.equipment_id) is distinct from
        (excluded.status, excluded.site_id, excluded.starts_at, excluded.ends_at, excluded.provider_id, excluded.room_id, excluded.equipment_id);
  return null;
end $$;
