import { expect, test } from '../../e2e/world.ts';

test('after a crash of the page, the person is told that nothing that was done is lost', async ({ openDesk }) => {
  const { page } = await openDesk('one');
  await page.goto(new URL('/?restarted', page.url()).href);
  await expect(page.getByText('The window stopped and was opened again')).toBeVisible();
  await expect(page).not.toHaveURL(/restarted/);
});
