import { contextBridge, ipcRenderer } from 'electron';

import type { Desk, DeskEvent } from '../../core/contract/desk/calls.ts';
import { callChannel, eventChannel, type CallReply } from './channels.ts';

/**
 * Defines `window.desk` over the two channels of ipc.ts. Does the same as electron/browser/page/connect-desk.ts, so that a
 * page cannot tell the shells apart.
 */
const listeners = new Set<(event: DeskEvent) => void>();
let status: Extract<DeskEvent, { type: 'status' }> | null = null;
let subscribed = false;

ipcRenderer.on(eventChannel, (_event, event: DeskEvent) => {
  if (event.type === 'status') status = event;
  for (const listener of listeners) listener(event);
});

const desk: Desk = {
  async call(name, input) {
    const reply = (await ipcRenderer.invoke(callChannel, name, input)) as CallReply;
    if ('failure' in reply) throw new Error(reply.failure);
    return reply.answer as never;
  },
  listen(listener) {
    listeners.add(listener);
    queueMicrotask(() => status && listener(status));
    // The page subscribes with its first listener: before, the decisions that the desk kept would be lost here.
    if (!subscribed) ipcRenderer.send(eventChannel);
    subscribed = true;
    return () => listeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld('desk', desk);
