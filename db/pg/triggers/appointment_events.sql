create or replace trigger appointment_events_are_append_only before update or delete on appointment_events
  for each row execute function refuse_by_wall('what happened to a visit is append-only');
