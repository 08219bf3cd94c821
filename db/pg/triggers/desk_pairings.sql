create or replace trigger desk_pairing_is_good_once before update on desk_pairings
  for each row when (old.used_at is not null)
  execute function refuse_by_wall('a pairing code is good once');
