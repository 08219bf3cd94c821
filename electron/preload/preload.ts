import { contextBridge, ipcRenderer } from 'electron';

import type { Desk, DeskEvent } from '../../core/contract/desk/calls.ts';
import { callChannel, eventChannel, type CallReply } from './channels.ts';

/**
 * Defines `window.desk` over the two channels of ipc.ts. Behaves as electron/browser/page/connect-desk.ts does, so that
 * a page cannot tell the shells apart.
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
    // Not before somebody listens: what the desk kept for the next listener would be lost on a page that has none yet.
    if (!subscribed) ipcRenderer.send(eventChannel);
    subscribed = true;
    return () => listeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld('desk', desk);
