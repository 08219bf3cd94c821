import type { HostPlan } from '../../../core/contract/desk/host-messages.ts';
import type { SetupChoice, SetupTest } from '../../../core/contract/desk/setup.ts';
import { HostFailedError } from './host-process.ts';
import type { Host } from './host.ts';
import { checkServer } from './server-checks.ts';
import { tryCode, type Pairing } from './try-code.ts';

export interface TestedChoice extends SetupTest {
  /** The pairing with a server elsewhere that let this desk in; else null. */
  readonly pairing: Pairing | null;
}

/** Tests a choice by the checks of the contract, in their order. Stops at the first check that fails. */
export async function testChoice(
  choice: SetupChoice,
  { host, deskId, known }: { host: Host; deskId: string; known: KnownPairings },
): Promise<TestedChoice> {
  const plan = planOf(choice);
  const checks = plan === null ? await checkServer(serverUrlOf(choice)) : await checkPlan(host, plan);
  let pairing: Pairing | null = null;
  if (choice.kind === 'connect' && checks.every((check) => check.ok)) {
    const paired = await known.pair(choice.serverUrl, choice.code, deskId);
    pairing = paired.ok ? paired.value : null;
    const detail = paired.ok ? `The code opens "${paired.value.organizationName}".` : paired.error;
    checks.push({ check: 'code', ok: paired.ok, detail });
  }
  return { ok: checks.every((check) => check.ok), checks, pairing };
}

/** The server that the desk is to host by this choice; null where the choice names a server elsewhere. */
export function planOf(choice: SetupChoice): HostPlan | null {
  switch (choice.kind) {
    case 'host-embedded':
      return { mode: 'embedded', demo: choice.demo };
    case 'host-central':
      return { mode: 'central', databaseUrl: choice.databaseUrl, adminDatabaseUrl: choice.adminDatabaseUrl };
    case 'connect':
      return null;
  }
}

function serverUrlOf(choice: SetupChoice): string {
  return choice.kind === 'connect' ? choice.serverUrl : '';
}

async function checkPlan(host: Host, plan: HostPlan): Promise<SetupTest['checks']> {
  try {
    return await host.check(plan);
  } catch (error) {
    if (!(error instanceof HostFailedError)) throw error;
    return [{ check: plan.mode === 'embedded' ? 'room' : 'database', ok: false, detail: error.message }];
  }
}

/**
 * Keeps the pairing that a test of a code brought: the code is used up by the test, and applying the choice needs the
 * pairing.
 */
export interface KnownPairings {
  pair: typeof tryCode;
}

export function openKnownPairings(): KnownPairings {
  const known = new Map<string, Pairing>();
  return {
    async pair(serverUrl, code, deskId) {
      const key = JSON.stringify([serverUrl, code, deskId]);
      const before = known.get(key);
      if (before) return { ok: true, value: before };
      const paired = await tryCode(serverUrl, code, deskId);
      if (paired.ok) known.set(key, paired.value);
      return paired;
    },
  };
}
