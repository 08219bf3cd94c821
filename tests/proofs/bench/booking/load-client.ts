import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Posted {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

/** POSTs JSON over kept-alive connections, one for each client. With `fetch` the benchmark would measure `fetch`. */
export function makeLoadClient(clients: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  return {
    post(url: string, body: unknown, token = ''): Promise<Posted> {
      const text = JSON.stringify(body);
      const startedAt = performance.now();
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        authorization: `Bearer ${token}`,
      };
      return new Promise((resolve, reject) => {
        const sent = request(url, { method: 'POST', agent, headers }, (response) => {
          let answer = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => (answer += piece));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: answer,
              milliseconds: performance.now() - startedAt,
            }),
          );
        });
        sent.on('error', reject);
        sent.end(text);
      });
    },
    close: () => agent.destroy(),
  };
}
export type LoadClient = ReturnType<typeof makeLoadClient>;

export interface BenchServer {
  readonly url: string;
  /** The same HTTP layer with one route that does nothing, `POST /nothing`. */
  readonly idleUrl: string;
}

/** Starts the server as a process of its own, so that the load generator does not share its event loop. */
export async function withBenchServer<T>(databaseUrl: string, fn: (server: BenchServer) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'server-in-child.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  const ended = once(child, 'exit');
  try {
    for await (const line of createInterface({ input: child.stdout })) return await fn(JSON.parse(line) as BenchServer);
    throw new Error(`the server ended with ${(await ended).join(' ')} before it was ready`);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
