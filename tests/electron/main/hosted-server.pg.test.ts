import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium, type Page } from '@playwright/test';
import { expect, onTestFinished, test, vi } from 'vitest';

import { buildRenderer, rendererDir } from '../../../build/build-renderer.ts';
import { buildDesk, mainFile } from '../../../build/desk/build-desk.ts';
import type { Desk } from '../../../core/contract/desk/calls.ts';
import { readyLine } from '../../../electron/main/ready-line.ts';
import { withDatabase } from '../../harness/postgres.ts';
import { startDouble, type RunningDouble } from '../double/start-double.ts';

const { databaseUrl } = await withDatabase();

/** A desk that hosts the sync server itself: the built one, in a utility process, on a real database. */
async function startHost(env: Record<string, string>): Promise<RunningDouble> {
  await buildRenderer();
  await buildDesk();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-host-'));
  const entry = path.join(path.dirname(mainFile), 'serve-hosted.js');
  const double = startDouble({
    main: mainFile,
    args: [`--data-dir=${dataDir}`, `--renderer-dir=${rendererDir}`, `--hosted-server=${entry}`],
    env,
  });
  onTestFinished(async () => {
    await double.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  return double;
}

const serversOf = (double: RunningDouble) => double.told.flatMap((each) => (each.tell === 'utility' ? [each.pid] : []));

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** How the server answers somebody whom it does not know; `unreachable` where it is not there. */
const signInAnswer = (page: Page) =>
  page.evaluate(async () => {
    const { desk } = window as unknown as Window & { desk: Desk };
    const answer = await desk.call('signIn', { username: 'nobody', password: 'knows' });
    return answer.ok ? 'signed in' : answer.problem.code;
  });

test('a hosted server serves its desk, is started again when it dies, and goes when the desk goes', async () => {
  const double = await startHost({ DATABASE_URL: databaseUrl });
  await double.until(readyLine);
  const browser = await chromium.connectOverCDP(double.endpoint());
  onTestFinished(() => browser.close());
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('the window has no page');
  expect(await signInAnswer(page)).toBe('unauthenticated');

  const [first = 0] = serversOf(double);
  process.kill(first, 'SIGKILL');
  await vi.waitFor(() => expect(serversOf(double)).toHaveLength(2), { timeout: 20_000 });
  await vi.waitFor(async () => expect(await signInAnswer(page)).toBe('unauthenticated'), { timeout: 20_000 });

  const [, second = 0] = serversOf(double);
  expect([isAlive(first), isAlive(second)]).toEqual([false, true]);
  double.signal('SIGTERM');
  expect(await double.ended).toBe(0);
  expect(isAlive(second)).toBe(false);
});

test('a server that cannot start is named in its own words, and the desk ends', async () => {
  const double = await startHost({ DATABASE_URL: '' });
  expect(await double.ended).toBe(1);
  const content = 'Set DATABASE_URL to the database, with the role that the app uses.';
  expect(double.told).toContainEqual({ tell: 'error-box', title: 'Holdfast did not start', content });
});
