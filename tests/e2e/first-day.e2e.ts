import type { Page } from '@playwright/test';

import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { expect, test } from './world.ts';

test('comes back to a day that is drawn at once, without an empty screen before it', async ({ openDesk }) => {
  const { page } = await openDesk('one');
  await page.addInitScript(() => {
    const seen: string[] = [];
    new MutationObserver(() => {
      if (document.querySelector('[aria-busy] .day-main')) seen.push('empty');
      if (document.querySelector('[role="grid"]')) seen.push('day');
    }).observe(document, { childList: true, subtree: true });
    Object.assign(window, { seen });
  });
  await page.reload();
  await expect(page.getByRole('grid')).toBeVisible();
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen).toContain('day');
  expect(seen).not.toContain('empty');
});

test('a browser without a Temporal of its own shows the day as well', async ({ openDesk }) => {
  const { page } = await openDesk('one');
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'Temporal');
  });
  await page.reload();
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Today' })).toHaveAttribute('data-current', 'true');
});

test('draws what is in view first, and what stands in the cards out of view behind it', async ({ world, openDesk }) => {
  for (const hour of [1, 3, 5, 7, 9, 11, 13, 15]) {
    await insertRaw(world.admin, 'appointments', appointmentRow(world.clinic, (9 * 24 + hour) * 4));
  }
  const desk = await openDesk('one');
  const { page } = desk;
  await page.setViewportSize({ width: 1280, height: 500 });
  await desk.showDay(9);
  await expect(page.locator('[data-visit]')).toHaveCount(8);
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      const cards = [...document.querySelectorAll<HTMLElement>('[data-visit]')];
      if (cards.length === 0) return;
      observer.disconnect();
      Object.assign(window, { atFirst: cards.map(({ style }) => style.contentVisibility) });
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect(page.locator('[data-visit]')).toHaveCount(8);
  const atFirst = await page.evaluate(() => (window as unknown as { atFirst: string[] }).atFirst);
  expect(new Set(atFirst)).toEqual(new Set(['', 'hidden']));
  await expect.poll(() => hiddenCards(page)).toBe(0);
});

function hiddenCards(page: Page): Promise<number> {
  return page.locator('[data-visit][style*="content-visibility"]').count();
}
