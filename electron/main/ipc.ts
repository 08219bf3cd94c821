import { ipcMain, type WebContents, type WebFrameMain } from 'electron';

import { answerPage } from '../desk/answer-page.ts';
import type { RunningDesk } from '../desk/open-desk.ts';
import { callChannel, eventChannel, type CallReply } from '../preload/channels.ts';
import { isOurPage } from './page-address.ts';

type Log = (line: string) => void;

/**
 * Opens the only door between page and desk: lint refuses `ipcMain` elsewhere. Answers only the main frame of our own page.
 * The desk parses each payload by the contract. The log gets each refusal.
 */
export function serveDesk(desk: RunningDesk, log: Log): void {
  const pages = new WeakMap<WebContents, () => void>();

  ipcMain.handle(callChannel, async ({ senderFrame }, call: unknown, input: unknown): Promise<CallReply> => {
    if (!isOurs(senderFrame, log)) return { failure: 'not from here' };
    const reply = await answerPage(desk, String(call).slice(0, 40), input, log);
    if ('answer' in reply) return reply;
    if (reply.unknown) log('desk page: no such desk call');
    return { failure: reply.failure };
  });

  ipcMain.on(eventChannel, ({ senderFrame, sender }) => {
    if (!isOurs(senderFrame, log)) return;
    if (!pages.has(sender)) endWithDocument(sender, () => pages.get(sender)?.());
    pages.get(sender)?.();
    const unlisten = desk.listen((event) => {
      if (!sender.isDestroyed()) sender.send(eventChannel, event);
    });
    pages.set(sender, unlisten);
  });
}

function isOurs(frame: WebFrameMain | null, log: Log): boolean {
  if (frame && frame.parent === null && isOurPage(frame.url)) return true;
  log('desk page: a frame that is not ours asked for the desk');
  return false;
}

/** Stops listening between two documents: the desk keeps a decision of that time for the next document that listens. */
function endWithDocument(page: WebContents, end: () => void): void {
  page.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) end();
  });
  page.on('render-process-gone', end);
  page.on('destroyed', end);
}
