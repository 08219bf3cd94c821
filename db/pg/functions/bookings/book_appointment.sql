-- Books. Raises HF001 when a slot is not free, 23505 on patient_claims_one_visit_at_a_time when the patient is busy, 23505
-- on appointment_events_pkey when the id is taken, HF006 when the organization offers no such service, HF007 when the visit is over.
--
-- p_visit says who, when and where: appointment_id, site_id, patient_id, service_id, provider_id, room_id, equipment_id,
-- starts_at, ends_at. The rest is not the caller's: the service's row gives the buffers and whether its patients may
-- overlap, and a booked visit has version 1 and a patient. The call trusts that the resources suit the service, which
-- cannot book anything twice.
create or replace function holdfast_api.book_appointment(p_org_id uuid, p_command jsonb, p_visit jsonb) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
  a appointments := jsonb_populate_record(null::appointments, p_visit
    || '{"version": 1, "status": "booked", "note": "", "arrived_at": null, "cancelled_from": null, "holds_until": null}');
  judged timestamptz := judged_at(c.claimed_at);
  is_offered boolean;
  verdict jsonb;
  known jsonb;
begin
  a.org_id := c.org_id;
  a.channel := c.channel;
  a.created_at := clock_timestamp();
  a.updated_at := a.created_at;
  select s.buffer_before_minutes, s.buffer_after_minutes, s.patient_may_overlap
    into a.buffer_before_minutes, a.buffer_after_minutes, a.patient_may_overlap
    from services s where s.org_id = a.org_id and s.service_id = a.service_id and s.active;
  is_offered := found;
  verdict := done_verdict(a);
  known := enter_command(c, verdict);
  if known is not null then
    return known;
  end if;
  if not is_offered then
    raise exception using errcode = 'HF006', message = 'no such active service in this organization';
  end if;
  if a.patient_id is null then
    raise exception using errcode = 'HF005', message = 'a booking has a patient';
  end if;
  if a.ends_at <= judged then
    raise exception using errcode = 'HF007', message = 'in-the-past';
  end if;
  -- Without record_event and tell_patient: a booking undoes nothing, and each further function costs more than its rows. The
  -- event comes before the visit: see appointment_takes_effect.
  insert into appointment_events (org_id, appointment_id, version, occurred_at, actor_kind, actor_id, desk_id, command_id, channel, action,
      status, site_id, starts_at, ends_at, provider_id, room_id, equipment_id)
    values (c.org_id, a.appointment_id, 1, judged, c.actor_kind, c.actor_id, c.desk_id, c.command_id, c.channel, c.command_type,
      a.status, a.site_id, a.starts_at, a.ends_at, a.provider_id, a.room_id, a.equipment_id);
  insert into appointments values (a.*);
  insert into changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
    values (c.org_id, a.site_id, 'appointment', a.appointment_id, a.starts_at, a.ends_at);
  insert into outgoing_messages (org_id, command_id, kind, appointment_id, patient_id)
    values (c.org_id, c.command_id, 'booked', a.appointment_id, a.patient_id);
  return verdict;
end $$;
