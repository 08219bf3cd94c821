import type { CdpSession } from './cdp.ts';
import { answerOf, fromChromium } from './protocol.ts';

/** A request of the page that has not left yet: Fetch.requestPaused. */
export interface Paused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly request: { readonly url: string; readonly method: string };
}

/** A document that a frame wants to show. */
export interface Destination {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly isRedirect: boolean;
}

/** Lets the app answer its own schemes, and its guards keep a frame in its place: a refused frame stays as it is. */
export async function answerRequest(
  session: CdpSession,
  { requestId, frameId, resourceType, redirectedRequestId, request }: Paused,
  mainFrame: string,
  mayGo: (destination: Destination) => boolean,
): Promise<void> {
  if (resourceType === 'Document') {
    const isRedirect = redirectedRequestId !== undefined;
    if (!mayGo({ url: fromChromium(request.url), isMainFrame: frameId === mainFrame, isRedirect })) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
  }
  const answer = await answerOf(request.url, request.method);
  if (!answer) {
    await session.send('Fetch.continueRequest', { requestId });
    return;
  }
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: answer.status,
    responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
  });
}
