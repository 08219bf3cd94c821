-- The command that made what this one is about, such as the registration of a visit's patient: this one waits until that
-- one is decided, whoever made it.
alter table outbox add column after_command_id text;
