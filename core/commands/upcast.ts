import { protocol, takenProtocols } from '../primitives/protocol.ts';
import type { Command } from './list.ts';

/**
 * Brings a command of an older protocol into today's form; null where this server does not take the protocol. There is one
 * protocol so far: the first protocol that changes the form of a command adds its step here.
 */
export function upcast<C extends Command>(command: C): C | null {
  return takenProtocols.includes(command.protocol) ? { ...command, protocol } : null;
}
