import { Temporal } from 'temporal-polyfill';

/** The time of a server, given from outside so that a test or a simulation holds it. */
export interface ServerClock {
  /** RFC 3339 in UTC. */
  now(): string;
  /** Does it so many milliseconds later, unless the returned function is called before. */
  after(milliseconds: number, act: () => void): () => void;
}

/** The system's clock and Node's timers, which do not keep the process alive. A server takes its time from the database. */
export const systemClock: ServerClock = {
  now: () => Temporal.Now.instant().toString(),
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
