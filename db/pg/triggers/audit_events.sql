create or replace trigger audit_is_append_only before update or delete on audit_events
  for each row execute function refuse_by_wall('the audit trail is append-only');
