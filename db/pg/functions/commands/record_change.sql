-- One row for the feed and one for the audit trail.
create or replace function record_change(c command_envelope, p_site_id uuid, p_entity text, p_entity_id uuid,
                                         p_from timestamptz, p_until timestamptz, p_reason text) returns void
  language plpgsql set search_path = holdfast, pg_temp as $$
begin
  insert into changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
    values (c.org_id, p_site_id, p_entity, p_entity_id, p_from, p_until);
  insert into audit_events (org_id, actor_kind, actor_id, desk_id, command_id, action, entity, entity_id, reason)
    values (c.org_id, c.actor_kind, c.actor_id, c.desk_id, c.command_id, c.command_type, p_entity, p_entity_id, p_reason);
end $$;
