create or replace trigger outgoing_message_is_settled_once before update on outgoing_messages
  for each row when (old.sent_at is not null or old.withdrawn_at is not null)
  execute function refuse_by_wall('a message is sent or withdrawn once, and then stays as it is');
