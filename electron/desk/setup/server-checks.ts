import { z } from 'zod';

import type { SetupTest } from '../../../core/contract/desk/setup.ts';
import { protocol } from '../../../core/primitives/protocol.ts';

export type SetupCheck = SetupTest['checks'][number];

const limitMs = 10_000;

const health = z.object({ status: z.enum(['pass', 'fail']), output: z.string().optional() });
const document = z.object({ info: z.object({ title: z.literal('Holdfast'), 'x-protocol': z.int() }) });

/**
 * Checks whether a server answers at this address, whether it is a Holdfast that is ready, and whether it has this desk's
 * protocol.
 */
export async function checkServer(serverUrl: string): Promise<SetupCheck[]> {
  const base = serverUrl.replace(/\/$/, '');
  const ready = await ask(`${base}/health/ready`);
  if (typeof ready === 'string') return [{ check: 'reachable', ok: false, detail: ready }];
  const reachable: SetupCheck = { check: 'reachable', ok: true, detail: `${new URL(base).host} answers.` };

  const report = health.safeParse(ready.json).data;
  const api = report && (await ask(`${base}/api/openapi.json`));
  const described = typeof api === 'object' ? document.safeParse(api.json).data : undefined;
  if (!report || !described) {
    return [reachable, { check: 'is-holdfast', ok: false, detail: foreign(base) }];
  }
  if (report.status === 'fail') {
    const detail = `This is Holdfast, but it is not ready: ${report.output ?? 'it does not say why'}. Ask whoever looks after it, and test again.`;
    return [reachable, { check: 'is-holdfast', ok: false, detail }];
  }
  const isHoldfast: SetupCheck = { check: 'is-holdfast', ok: true, detail: 'It is a Holdfast server, and ready.' };
  return [reachable, isHoldfast, versionCheck(described.info['x-protocol'])];
}

function versionCheck(theirs: number): SetupCheck {
  const ok = theirs === protocol;
  const [older, newer] = theirs < protocol ? ['server', 'desk'] : ['desk', 'server'];
  const detail = ok
    ? `Both speak protocol ${protocol}.`
    : `The server speaks protocol ${theirs} and this desk ${protocol}. Update the ${older}: the ${newer} is newer.`;
  return { check: 'version', ok, detail };
}

const foreign = (base: string) =>
  `Something else answers at ${base}. Give the address of your Holdfast server, with its port where it has one of its own.`;

/** The JSON of the answer (null where the answer is not JSON); a text where none came, which says why. */
async function ask(url: string): Promise<{ readonly json: unknown } | string> {
  let text: string;
  try {
    // A redirect leads to another server, of which the answer says nothing about this one.
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(limitMs) });
    text = await response.text();
  } catch (error) {
    return whyNobody(new URL(url), error);
  }
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return { json: null };
  }
}

function whyNobody({ hostname, host, protocol: scheme }: URL, error: unknown): string {
  const { code = '', name = '' } = causeOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `There is no host "${hostname}" in this network. Check how it is written, and the network.`;
  }
  if (code === 'ECONNREFUSED') {
    return `${host} is there, but nothing listens at that port. Check the port, and that the server runs.`;
  }
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return `The secure connection to ${host} failed (${code}). Its certificate must be one that this PC trusts${scheme === 'https:' ? '; a server without one has an address with http://' : ''}.`;
  }
  if (name === 'TimeoutError' || code.includes('TIMEOUT')) {
    return `${host} did not answer in ${limitMs / 1000} s. Check address and network, and whether a firewall is between.`;
  }
  return `${host} cannot be reached${code ? ` (${code})` : ''}. Check address and network.`;
}

function causeOf(error: unknown): { readonly code?: string; readonly name?: string } {
  if (!(error instanceof Error)) return {};
  const cause: unknown = error.cause;
  // Node tried several addresses of one name, and they failed alike.
  const deepest = cause instanceof AggregateError ? (cause.errors[0] as unknown) : (cause ?? error);
  return deepest instanceof Error ? deepest : {};
}
