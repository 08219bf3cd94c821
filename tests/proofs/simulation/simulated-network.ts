import type { Random } from '../../../build/demo/seeded-random.ts';
import type { Message, Received } from './messages.ts';
import type { NetworkPlan } from './plan.ts';
import type { SimulatedServer } from './simulated-server.ts';
import type { Timeline } from './timeline.ts';

/** The line between one desk and the servers. Each request reaches one of them. */
export interface Link {
  /** Replaces Node's fetch for one life of the desk. */
  fetchUntil(death: AbortSignal): typeof globalThis.fetch;
  /** Whether the line carries anything. */
  isCut: boolean;
}

export interface NetworkOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly plan: () => NetworkPlan;
  /** The servers; null for each server that is down. */
  readonly servers: () => readonly (SimulatedServer | null)[];
  readonly note: (line: string) => void;
}

/** By how much a late message comes later than others. */
const lateBy = 4_000;
const ordinary = 1;

/** Opens the lines of a simulation. A seeded stream of choices decides what happens to each message. */
export function openNetwork({ timeline, random, plan, servers, note }: NetworkOptions): (desk: string) => Link {
  const percent = (chance: number) => chance > 0 && random.chance(chance / 100);
  const takes = () => ordinary + random.next() * plan().slowest + (percent(plan().late) ? random.next() * lateBy : 0);

  return (desk) => {
    const link: Link = { isCut: false, fetchUntil };

    /** Brings a message to the other side, unless it is lost on the way. */
    function carry(what: string, arrive: () => void): void {
      if (link.isCut || percent(plan().lost)) {
        note(`${desk} ${what} lost`);
        return;
      }
      timeline.after(takes(), () => {
        if (link.isCut) note(`${desk} ${what} lost`);
        else arrive();
      });
    }

    function fetchUntil(death: AbortSignal): typeof globalThis.fetch {
      return async (input, init) => {
        const request = input as Request;
        const url = new URL(request.url);
        const body = request.method === 'GET' ? '' : await request.text();
        const message: Message = {
          method: request.method as Message['method'],
          path: `${url.pathname}${url.search}`,
          headers: Object.fromEntries(request.headers),
          body,
        };
        const signals = [death, init?.signal, request.signal].filter((signal) => signal instanceof AbortSignal);
        return send(message, AbortSignal.any(signals));
      };
    }

    function send(message: Message, left: AbortSignal): Promise<Response> {
      const { promise, resolve, reject } = Promise.withResolvers<Response>();
      const what = `${message.method} ${message.path.split('?')[0]}`;
      if (left.aborted) return Promise.reject(new TypeError('nobody is there to ask'));
      left.addEventListener('abort', () => reject(new TypeError('the request was given up')), { once: true });
      const arrive = () => void meet(message, what, left, resolve, reject);
      carry(what, arrive);
      // Nobody repeats a stream, so a network does not deliver it twice.
      if (!isStream(message) && percent(plan().twice)) carry(`${what} again`, arrive);
      return promise;
    }

    async function meet(
      message: Message,
      what: string,
      left: AbortSignal,
      resolve: (response: Response) => void,
      reject: (error: Error) => void,
    ): Promise<void> {
      const all = servers();
      const at = random.whole(0, all.length - 1);
      const server = all[at];
      note(`${desk} ${what} at server ${at}${server ? '' : ', which is down'}`);
      if (!server) return carry('refusal', () => reject(new TypeError('connection refused')));
      const received = await server.receive(message, left).catch(() => null);
      if (!received || servers()[at] !== server) return carry('reset', () => reject(new TypeError('connection reset')));
      if (isStream(message)) {
        const body = streamOver(received, left, () => servers()[at] === server);
        return carry(`${what} answer`, () => resolve(responseOf(received, body)));
      }
      const body = await textOf(received);
      if (servers()[at] !== server) return carry('reset', () => reject(new TypeError('connection reset')));
      carry(`${what} answer ${received.status}`, () => resolve(responseOf(received, body)));
    }

    /** Pieces of a stream arrive in order. After a lost piece no more arrive, and neither side is told. */
    function streamOver({ stream }: Received, left: AbortSignal, isThere: () => boolean): ReadableStream<Uint8Array> {
      let lastAt = 0;
      let isSilent = false;
      const inOrder = (arrive: () => void) => {
        if (link.isCut || percent(plan().lost)) isSilent = true;
        lastAt = Math.max(lastAt, timeline.now() + takes());
        timeline.after(lastAt - timeline.now(), () => {
          if (link.isCut) isSilent = true;
          if (!isSilent) arrive();
        });
      };
      return new ReadableStream<Uint8Array>({
        start(controller) {
          let isOver = false;
          const end = (act: () => void) => {
            if (!isOver) act();
            isOver = true;
          };
          left.addEventListener('abort', () => end(() => controller.error(new TypeError('given up'))), { once: true });
          stream.on('data', (chunk: Buffer) => inOrder(() => isOver || controller.enqueue(new Uint8Array(chunk))));
          stream.on('end', () => inOrder(() => end(() => controller.close())));
          stream.on('error', () => inOrder(() => end(() => controller.error(new TypeError('connection reset')))));
          stream.on('close', () => isThere() || inOrder(() => end(() => controller.error(new TypeError('reset')))));
        },
      });
    }
    return link;
  };
}

const isStream = ({ path }: Message) => path.split('?')[0] === '/api/pokes';

async function textOf({ stream }: Received): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function responseOf({ status, headers }: Received, body: string | ReadableStream<Uint8Array>): Response {
  const given = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
  return new Response(body, { status, headers: given });
}
