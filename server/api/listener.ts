import type { Listener } from '../calendar/bring-news.ts';
import type { DeskRegister } from '../desks/desk-register.ts';
import type { SessionRegister } from '../sessions/session-register.ts';
import { requireSignedIn, type RequestContext } from './request-context.ts';

/** A desk has no session that ends. Its stream ends after this time, so that a revoked desk does not listen for ever. */
const deskStreamSeconds = 3600;

const inSeconds = (seconds: number) => AbortSignal.timeout(Math.ceil(seconds) * 1000);

/** The caller of a stream, and what ends the stream: a person's ends with the session, by sign-out or by time. */
export function listenerOf(
  { sessions, desks }: { readonly sessions: SessionRegister; readonly desks: DeskRegister },
  context: RequestContext,
  signal: AbortSignal | undefined,
): Listener & { readonly ends: AbortSignal } {
  const left = signal ? [signal] : [];
  if (context.desk) {
    const { orgId, deskKey } = context.desk;
    return {
      orgId,
      find: () => desks.findByKey(deskKey),
      ends: AbortSignal.any([inSeconds(deskStreamSeconds), ...left]),
    };
  }
  const { orgId, sessionKey, secondsLeft } = requireSignedIn(context);
  const signedOut = new AbortController();
  const ends = AbortSignal.any([signedOut.signal, inSeconds(secondsLeft), ...left]);
  const forget = sessions.onEnd(sessionKey, () => signedOut.abort());
  ends.addEventListener('abort', forget, { once: true });
  return { orgId, find: () => sessions.findByKey(sessionKey), ends };
}
