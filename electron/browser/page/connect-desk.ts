import type { Desk, DeskEvent } from '../../../core/contract/desk/calls.ts';
import type { FromPage, FromShell } from '../socket-messages.ts';

/**
 * Defines `window.desk` over a WebSocket to the shell that served the page. The shell sends the source of this function to
 * the browser, so that nothing has to be built. Therefore the function may use nothing from outside itself.
 */
export function connectDesk(socketPath: string): void {
  interface Pending {
    readonly message: string;
    readonly resolve: (answer: never) => void;
    readonly reject: (error: Error) => void;
  }
  const protocolErrors = [1003, 1007, 1008, 1009];
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: DeskEvent) => void>();
  let socket: WebSocket | null = null;
  let lastId = 0;
  let failures = 0;
  let wasOpen = false;
  let status: Extract<DeskEvent, { type: 'status' }> | null = null;

  const emit = (event: DeskEvent) => {
    if (event.type === 'status') status = event;
    for (const listener of listeners) listener(event);
  };

  const receive = (message: FromShell) => {
    if ('event' in message) {
      emit(message.event);
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if ('answer' in message) call?.resolve(message.answer as never);
    else call?.reject(new Error(message.failure));
  };

  const connect = () => {
    let opened = false;
    socket = new WebSocket(`ws://${location.host}${socketPath}`);
    socket.addEventListener('open', () => {
      opened = true;
      failures = 0;
      // The page missed the events of the time without a socket. Every call may be sent twice: a command is known by its id.
      if (wasOpen) emit({ type: 'everything-changed' });
      wasOpen = true;
      for (const call of pending.values()) socket?.send(call.message);
    });
    socket.addEventListener('message', ({ data }) => receive(JSON.parse(data as string) as FromShell));
    socket.addEventListener('close', ({ code, reason }) => {
      socket = null;
      if (protocolErrors.includes(code)) {
        for (const call of pending.values()) call.reject(new Error(reason || `The shell refused a message (${code}).`));
        pending.clear();
      }
      // The shell is gone. The counts of the outbox stay as the shell told them last.
      if (status && status.status.connection !== 'offline') {
        // oxlint-disable-next-line no-restricted-globals -- This runs in the page, which cannot import Temporal.
        const offlineSince = new Date().toISOString();
        emit({ type: 'status', status: { ...status.status, connection: 'offline', offlineSince } });
      }
      if (!opened) void showWhyRefused();
      setTimeout(connect, Math.min(5_000, 250 * 2 ** failures));
      failures += 1;
    });
  };

  // A shell of another desk at this address does not know this page's cookie. Its refusal page says what to do.
  const showWhyRefused = async () => {
    const response = await fetch('/', { method: 'HEAD' }).catch(() => null);
    if (response?.status === 403) location.reload();
  };

  const desk: Desk = {
    call: (call, input) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const message = JSON.stringify({ id: lastId, call, input } satisfies FromPage);
        pending.set(lastId, { message, resolve, reject });
        if (socket?.readyState === WebSocket.OPEN) socket.send(message);
      }),
    listen(listener) {
      listeners.add(listener);
      queueMicrotask(() => status && listener(status));
      return () => listeners.delete(listener);
    },
  };
  Object.defineProperty(window, 'desk', { value: Object.freeze(desk) });
  connect();
}
