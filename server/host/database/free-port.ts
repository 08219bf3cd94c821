import { createServer } from 'node:net';

import { PlainError } from '../../problems/plain-error.ts';

/** Whether this process could listen on a port of the loopback interface right now. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await tryListen(port, host)) !== undefined;
}

/**
 * Chooses a port to listen on. `asked` is a person's wish: the function throws PlainError where that port is in use.
 * `preferred` is the port of the last start: any free port takes its place.
 */
export async function choosePort(wish: {
  asked?: number | undefined;
  preferred?: number | undefined;
}): Promise<number> {
  if (wish.asked !== undefined) {
    if (await isPortFree(wish.asked)) return wish.asked;
    throw new PlainError(
      `Port ${wish.asked} is in use by another program. Stop that program, or choose another --port.`,
    );
  }
  const preferred = wish.preferred === undefined ? undefined : await tryListen(wish.preferred);
  const port = preferred ?? (await tryListen(0));
  if (port === undefined) throw new PlainError('No free port on 127.0.0.1; is the loopback interface up?');
  return port;
}

const maxAttempts = 5;

/**
 * Starts something that listens, on the port that `choosePort` gives. Another program can take that port after the choice:
 * then `start` is called again with another port, unless a person asked for that one.
 */
export async function listenWhereFree<T>(
  wish: { asked?: number | undefined; preferred?: number | undefined },
  start: (port: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const preferred = attempt === 1 ? wish.preferred : undefined;
    const port = await choosePort({ asked: wish.asked, preferred });
    try {
      return await start(port);
    } catch (error) {
      if (!isAddressInUse(error) || attempt === maxAttempts) throw error;
    }
  }
}

const isAddressInUse = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

function tryListen(port: number, host = '127.0.0.1'): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
