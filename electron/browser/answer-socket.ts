import type { WebSocket } from 'ws';

import { answerPage } from '../desk/answer-page.ts';
import type { RunningDesk } from '../desk/open-desk.ts';
import { fromPage, type FromPage, type FromShell } from './socket-messages.ts';

/** RFC 6455, 7.4.1: a message breaks the rules of this endpoint. */
const policyViolation = 1008;

/**
 * Serves one page: passes its calls to the desk and the desk's events to the page. A message that is not a desk call closes
 * the socket with the reason: it comes from a bug or from another program, and neither should go unnoticed.
 */
export function answerSocket(socket: WebSocket, desk: RunningDesk, log: (line: string) => void): void {
  const send = (message: FromShell) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const breakOff = (reason: string) => {
    log(`desk page: ${reason}`);
    socket.close(policyViolation, reason);
  };

  const unlisten = desk.listen((event) => send({ event }));
  socket.on('close', unlisten);
  socket.on('error', (error) => log(`desk page: ${error.message}`));

  socket.on('message', (data: Buffer, isBinary) => {
    const message = isBinary ? null : parse(data.toString());
    if (message) void answer(message);
    else breakOff('not a desk call: { id, call, input } as JSON text');
  });

  async function answer({ id, call, input }: FromPage): Promise<void> {
    const reply = await answerPage(desk, call, input, log);
    if ('answer' in reply) send({ id, answer: reply.answer });
    else if (reply.unknown) breakOff(reply.failure);
    else send({ id, failure: reply.failure });
  }
}

function parse(text: string): FromPage | null {
  try {
    return fromPage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
