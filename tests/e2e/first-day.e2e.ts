import { expect, test } from './world.ts';

test('a reload draws the day at once, without an empty screen before it', async ({ openDesk }) => {
  const { page } = await openDesk('one');
  // The page waits only a fifth of a second for its day. A frozen clock keeps a busy machine from exceeding that.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1_000);
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const first = document.querySelector('[aria-busy] .day-main, [role="grid"]');
      if (!first) return;
      observer.disconnect();
      document.documentElement.dataset.firstSeen = first.role === 'grid' ? 'the day' : 'an empty screen';
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-first-seen', 'the day');
});

test('a browser without built-in Temporal shows the day as well', async ({ openDesk }) => {
  const { page } = await openDesk('one');
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'Temporal');
  });
  await page.reload();
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Today' })).toHaveAttribute('data-current', 'true');
});
