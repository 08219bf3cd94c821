import type { SerializableHooks } from '../../db/pg/with-serializable.ts';

/** Holds the transaction of the next command just before its commit: everything is written, and nobody can see it. */
export function makeGate() {
  let closed = false;
  let reached = Promise.withResolvers<void>();
  let opened = Promise.withResolvers<void>();
  const hooks: SerializableHooks = {
    async at(step) {
      if (step !== 'before-commit' || !closed) return;
      closed = false;
      reached.resolve();
      await opened.promise;
    },
  };
  return {
    hooks,
    /** Sends `command`, and resolves when its transaction is held. `release` lets it commit and returns its answer. */
    async hold<T>(command: () => Promise<T>): Promise<{ release: () => Promise<T> }> {
      closed = true;
      reached = Promise.withResolvers();
      opened = Promise.withResolvers();
      const { resolve } = opened;
      const answer = command();
      await Promise.race([
        reached.promise,
        answer.then(() => Promise.reject(new Error('answered without being held'))),
      ]);
      return {
        release() {
          resolve();
          return answer;
        },
      };
    },
  };
}
