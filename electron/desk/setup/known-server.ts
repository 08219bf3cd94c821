import { z } from 'zod';

import { hostPlan, type HostPlan } from '../../../core/contract/desk/host-messages.ts';
import type { Setup, SetupChoice } from '../../../core/contract/desk/setup.ts';
import type { Secrets } from './secrets.ts';
import type { KeptServer } from './setup-file.ts';
import type { Pairing } from './try-code.ts';

/** The server that this desk uses, with everything that it takes to start the server and to speak to it. */
export interface KnownServer {
  readonly shown: Setup;
  readonly url: string;
  /** How this desk hosts the server; null where the server runs elsewhere. */
  readonly plan: HostPlan | null;
  readonly pairing: Pairing;
}

const secret = z.strictObject({ plan: hostPlan.nullable(), deskToken: z.string() });

export function keepServer({ shown, url, plan, pairing }: KnownServer, secrets: Secrets): KeptServer {
  const { deskToken, orgId, organizationName, isDemo } = pairing;
  const sealed = JSON.stringify({ plan, deskToken } satisfies z.infer<typeof secret>);
  return { shown, url, orgId, organizationName, isDemo, secret: secrets.seal(sealed) };
}

/** Opens what `keepServer` sealed. Null where this desk's key does not open it. */
export function openKeptServer(kept: KeptServer, deskId: string, secrets: Secrets): KnownServer | null {
  const opened = secrets.open(kept.secret);
  if (opened === null) return null;
  const { plan, deskToken } = secret.parse(JSON.parse(opened));
  const { shown, url, orgId, organizationName, isDemo } = kept;
  return { shown, url, plan, pairing: { deskId, deskToken, orgId, organizationName, isDemo } };
}

/** The part of a choice that may be shown: no password, no code. */
export function shownOf(choice: SetupChoice, { organizationName }: Pairing): Setup {
  switch (choice.kind) {
    case 'host-embedded':
      return { kind: choice.kind, demo: choice.demo };
    case 'host-central':
      return { kind: choice.kind, databaseHost: new URL(choice.databaseUrl).host };
    case 'connect':
      return { kind: choice.kind, serverUrl: choice.serverUrl, organizationName };
  }
}
