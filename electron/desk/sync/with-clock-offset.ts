import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { ClockOffset } from '../line/clock-offset.ts';
import { loadClockOffset } from '../store/outbox.ts';

/**
 * The command as it is sent: with how far the PC's clock was off, by which the server corrects `madeAt`. What the desk knew when
 * the command was made counts, because the PC's clock is often put right when the network is back; else what it knows now.
 */
export function withClockOffset(
  typed: TypedCommand,
  { store, clockOffset }: { readonly store: Store; readonly clockOffset: Pick<ClockOffset, 'current'> },
): TypedCommand {
  const milliseconds = loadClockOffset(store, typed.command.commandId) ?? clockOffset.current();
  if (milliseconds === null) return typed;
  return { ...typed, command: { ...typed.command, clockOffsetMilliseconds: milliseconds } } as TypedCommand;
}
