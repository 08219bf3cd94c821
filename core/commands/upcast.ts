import { protocol, takenProtocols } from '../primitives/protocol.ts';
import type { Command } from './list.ts';

/**
 * A command of an older protocol in today's form, or null where this server does not take its protocol. There is one protocol
 * so far: the first that changes the form of a command adds its step here.
 */
export function upcast<C extends Command>(command: C): C | null {
  return takenProtocols.includes(command.protocol) ? { ...command, protocol } : null;
}
