/** Tells a waiting person what happens, with the seconds that each step took. Writes to stderr: stdout is for results. */
export interface Progress {
  readonly line: (text: string) => void;
  readonly step: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

export function makeProgress(write: (text: string) => void = (text) => void process.stderr.write(text)): Progress {
  const line = (text: string) => write(`  ${text}\n`);
  return {
    line,
    async step(name, work) {
      const startedAt = performance.now();
      const result = await work();
      write(`${name} ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
      return result;
    },
  };
}

export const silentProgress: Progress = { line: () => {}, step: (_name, work) => work() };
