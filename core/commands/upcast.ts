import { protocol, takenProtocols } from '../primitives/protocol.ts';
import type { Command } from './list.ts';

/** A command of an older protocol in today's form, or null where this server does not take it. */
export function upcast<C extends Command>(command: C): C | null {
  if (!takenProtocols.includes(command.protocol)) return null;
  // 1 to 2: only optional members came.
  return { ...command, protocol };
}
