import { fromHost, type FromHost, type ToHost } from '../../../core/contract/desk/host-messages.ts';

/** A process that runs the host's entry (server/host/serve-hosted.ts). Each shell starts such a process in its own way. */
export interface HostProcess {
  send(message: ToHost): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Resolves when the process has ended, in whatever way. */
  readonly ended: Promise<void>;
  kill(): void;
}

export type SpawnHost = () => HostProcess;

/** The host refused, or ended. The message says why, for the person who sets it up. */
export class HostFailedError extends Error {
  override readonly name = 'HostFailedError';
}

type Said<K extends FromHost['said']> = Extract<FromHost, { said: K }>;

/**
 * Sends the process one message and waits for its answer.
 * @throws HostFailedError where the process refuses (in its own words), where it ends before it answers, and after `limitMs`
 */
export async function askHost<K extends 'checks' | 'serving'>(
  host: HostProcess,
  message: ToHost,
  expected: K,
  limitMs: number,
): Promise<Said<K>> {
  const answer = Promise.withResolvers<Said<K>>();
  const fail = (why: string) => answer.reject(new HostFailedError(why));
  host.onMessage((said) => {
    const parsed = fromHost.safeParse(said).data;
    if (parsed?.said === expected) answer.resolve(parsed as Said<K>);
    else fail(parsed?.said === 'failed' ? parsed.reason : 'The server said something else than what it was asked.');
  });
  void host.ended.then(() => fail('The server ended before it was ready. Its last lines are in server.log.'));
  const late = setTimeout(() => fail(`The server said nothing for ${Math.round(limitMs / 1000)} s.`), limitMs);
  try {
    host.send(message);
    return await answer.promise;
  } finally {
    clearTimeout(late);
  }
}

/** Lets the process end by itself, and kills it after `patienceMs`. */
export async function endHost(host: HostProcess, patienceMs: number): Promise<void> {
  const kill = setTimeout(() => host.kill(), patienceMs);
  host.send({ do: 'close' });
  await host.ended;
  clearTimeout(kill);
}
