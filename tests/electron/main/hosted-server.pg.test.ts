import path from 'node:path';

import { chromium, type Page } from '@playwright/test';
import { expect, onTestFinished, test, vi } from 'vitest';

import { buildDesk, mainFile } from '../../../build/desk/build-desk.ts';
import type { Desk, DeskAnswer, DeskCall, DeskInput } from '../../../core/contract/desk/calls.ts';
import { readyLine } from '../../../electron/main/ready-line.ts';
import { withDatabase } from '../../harness/postgres.ts';
import { writePage } from '../blank-page.ts';
import { startDouble, type RunningDouble } from '../double/start-double.ts';
import { isRunning } from '../processes.ts';
import { scratchFolder } from '../scratch.ts';

const { databaseUrl, adminDatabaseUrl } = await withDatabase();
const central = { kind: 'host-central', databaseUrl, adminDatabaseUrl } as const;

/** The built desk without a given server: it hosts the built server in a utility process, on a real database. */
async function startApp(folder: string): Promise<{ double: RunningDouble; page: Page }> {
  await buildDesk();
  const dataDir = path.join(folder, 'desk');
  const rendererDir = await writePage(folder);
  const double = startDouble({ main: mainFile, args: [`--data-dir=${dataDir}`, `--renderer-dir=${rendererDir}`] });
  onTestFinished(() => double.stop());
  await double.until(readyLine);
  const browser = await chromium.connectOverCDP(double.endpoint());
  onTestFinished(() => browser.close());
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('the window has no page');
  return { double, page };
}

const serversOf = (double: RunningDouble) => double.told.flatMap((each) => (each.tell === 'utility' ? [each.pid] : []));

/** Throws where no server runs: a test that kills 0 kills its own runner. */
function runningServerOf(double: RunningDouble): number {
  const server = serversOf(double).find(isRunning);
  if (server === undefined) throw new Error('no process hosts the server of this desk');
  return server;
}

const call = <C extends DeskCall>(page: Page, name: C, input: DeskInput<C>) =>
  page.evaluate(
    ([asked, payload]) => (window as unknown as Window & { desk: Desk }).desk.call(asked, payload as never),
    [name, input] as const,
  ) as Promise<DeskAnswer<C>>;

const isOnline = async (page: Page) =>
  expect(await call(page, 'readStatus', {})).toMatchObject({ value: { connection: 'online' } });

// Above ten seconds: starts the app twice and its server three times.
test('a hosted server serves its desk, starts again after its own death or that of the desk, and ends with the desk', async () => {
  const folder = await scratchFolder();
  const { double, page } = await startApp(folder);
  expect(await call(page, 'describe', {})).toMatchObject({ value: { setUp: false } });
  const bad = await call(page, 'applySetup', { ...central, databaseUrl: adminDatabaseUrl });
  expect(bad).toMatchObject({
    ok: false,
    problem: { code: 'set-up-failed', detail: expect.stringMatching(/the owner/) as unknown },
  });
  const applied = await call(page, 'applySetup', central);
  if (!applied.ok || !applied.value.firstSignIn) throw new Error('the empty database got no administrator');
  expect(await call(page, 'signIn', applied.value.firstSignIn)).toMatchObject({ ok: true });

  const first = runningServerOf(double);
  process.kill(first, 'SIGKILL');
  // The killed server may still be listed for a moment, and the desk may not have noticed its death.
  await vi.waitFor(() => expect(isRunning(first)).toBe(false), { timeout: 20_000 });
  await vi.waitFor(() => expect(serversOf(double).filter(isRunning)).toHaveLength(1), { timeout: 20_000 });
  await vi.waitFor(() => isOnline(page), { timeout: 20_000 });

  const second = runningServerOf(double);
  double.signal('SIGKILL');
  await double.ended;
  await vi.waitFor(() => expect(isRunning(second)).toBe(false), { timeout: 20_000 });
  await double.stop();

  const again = await startApp(folder);
  await vi.waitFor(() => isOnline(again.page), { timeout: 20_000 });
  expect(await call(again.page, 'describe', {})).toMatchObject({
    value: { setUp: true, person: { role: 'administrator' } },
  });
  const third = runningServerOf(again.double);
  again.double.signal('SIGTERM');
  expect(await again.double.ended).toBe(0);
  expect(isRunning(third)).toBe(false);
}, 120_000);
