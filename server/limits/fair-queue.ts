/** Work that waits for its turn. */
type Task = () => void;

/**
 * Runs at most `atOnce` pieces of work at the same time. The keys of the waiting work take turns, so that a crowd under one
 * key delays no other key.
 */
export interface FairQueue {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function makeFairQueue(atOnce: number): FairQueue {
  /** The waiting tasks by key. The first key has the next turn; after its turn it becomes the last. */
  const waiting = new Map<string, Task[]>();
  let running = 0;

  function startNext(): void {
    const [next] = waiting;
    if (running >= atOnce || !next) return;
    const [key, tasks] = next;
    const task = tasks.shift();
    waiting.delete(key);
    if (tasks.length > 0) waiting.set(key, tasks);
    running += 1;
    task?.();
  }

  return {
    async run(key, work) {
      await new Promise<void>((resolve) => {
        const tasks = waiting.get(key) ?? [];
        tasks.push(resolve);
        waiting.set(key, tasks);
        startNext();
      });
      try {
        return await work();
      } finally {
        running -= 1;
        startNext();
      }
    },
  };
}
