import { deserialize, serialize } from 'node:v8';

import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';

import { guarded } from './guarded.ts';

type Handler = Parameters<IpcMain['handle']>[1];
type Listener = (event: IpcMainEvent, ...args: unknown[]) => void;

const handlers = new Map<string, Handler>();
const listeners = new Map<string, Listener[]>();

/** Messages between processes are structured clones, both ways. As in Electron, a value that cannot be cloned throws. */
export const clone = <T>(value: T): T => deserialize(serialize(value)) as T;

const on = (channel: string, listener: Listener): IpcMain => {
  listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
  return ipcMain as unknown as IpcMain;
};

export const ipcMain = guarded('ipcMain', {
  handle(channel: string, handler: Handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  on: on as IpcMain['on'],
} satisfies Pick<IpcMain, 'handle' | 'on'>);

export async function invoke(event: IpcMainInvokeEvent, channel: string, args: readonly unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  return clone((await handler(event, ...clone(args))) as unknown);
}

export function receive(event: IpcMainEvent, channel: string, args: readonly unknown[]): void {
  for (const listener of listeners.get(channel) ?? []) listener(event, ...clone(args));
}
