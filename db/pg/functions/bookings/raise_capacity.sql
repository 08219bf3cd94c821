-- Raises the capacity of open slots; never lowers one. Raises HF001 when one of them is not there or not open, HF005
-- without a capacity, without a reason, or for more slots than a day has. The contract's bounds are tighter.
create or replace function holdfast_api.raise_capacity(p_org_id uuid, p_command jsonb, p_resource_id uuid, p_starts timestamptz[], p_capacity integer, p_reason text)
  returns jsonb language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
  known jsonb := enter_command(c, '{"kind": "done", "appointment": null}');
  slot slots;
  at timestamptz;
begin
  if known is not null then
    return known;
  end if;
  if (p_capacity >= 1 and trim(p_reason) <> '' and cardinality(p_starts) between 1 and 96) is not true then
    raise exception using errcode = 'HF005', message = 'a capacity is raised to a number, for a reason, on a day''s slots at most';
  end if;
  foreach at in array (select array_agg(distinct s order by s) from unnest(p_starts) s) loop
    update slots set capacity = greatest(capacity, p_capacity)
      where org_id = c.org_id and resource_id = p_resource_id and starts_at = at and open
      returning * into slot;
    if not found then
      raise exception using errcode = 'HF001', message = 'slot is not open';
    end if;
    perform record_change(c, slot.site_id, 'slots', p_resource_id, at, at + interval '15 minutes', p_reason);
  end loop;
  return '{"kind": "done", "appointment": null}'::jsonb;
end $$;
