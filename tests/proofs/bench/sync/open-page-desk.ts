import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { rendererDir } from '../../../../build/build-renderer.ts';
import { password, windowDays } from './make-sync-clinic.ts';
import { stop, type SyncWorld } from './with-sync-world.ts';

export interface PageDesk {
  close(): Promise<void>;
}

/** Starts a desk's browser shell in a process of its own, and shows the clinic's day in this page. */
export async function openPageDesk(page: Page, world: SyncWorld, serverUrl = world.serverUrl): Promise<PageDesk> {
  const script = path.join(import.meta.dirname, 'shell-in-child.ts');
  const child = fork(script, [serverUrl, await world.folder('desk'), rendererDir]);
  const [url] = (await once(child, 'message')) as [string];
  const close = () => stop(child);
  try {
    await page.goto(url);
    const { siteId, date, visits } = world.clinic;
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/day/${siteId}/${date}`);
    await page.getByLabel('User name').fill(world.clinic.signInName);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForFunction((count) => document.querySelectorAll('[data-visit]').length >= count, visits.length, {
      timeout: 120_000,
    });
    await untilFilled(page);
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits until the desk holds its whole window. */
async function untilFilled(page: Page): Promise<void> {
  await page.waitForFunction(
    async (days) => {
      const answer = await window.desk?.call('readDiagnostics', {});
      const held = /"heldDays": (\d+)/.exec(answer?.ok === true ? answer.value.text : '');
      return Number(held?.[1] ?? 0) >= days;
    },
    windowDays,
    { polling: 500, timeout: 120_000 },
  );
}
