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
