import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Outcome } from '../../../core/commands/outcome.ts';
import type { CallContext, ServerClient } from '../line/server-client.ts';

/** Sends a command to the route of its type. */
export function pushCommand(
  client: ServerClient,
  { type, command }: TypedCommand,
  options: { readonly context: CallContext; readonly signal?: AbortSignal },
): Promise<Outcome> {
  // Routes and commands come from one list by their type; TypeScript cannot follow the pair through the union.
  const route = client.commands[type] as (
    input: TypedCommand['command'],
    callOptions: typeof options,
  ) => Promise<Outcome>;
  return route(command, options);
}
