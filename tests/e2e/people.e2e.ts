import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { expect, test } from './world.ts';

test('a long list of people has only the visible rows on the page, scrolls to all of them, and keeps the focus', async ({
  world,
  openDesk,
}) => {
  const { clinic } = world;
  const day = 7 * 96;
  for (let n = 0; n < 48; n++) {
    await insertRaw(world.admin, 'appointments', appointmentRow(clinic, day + 2 * n));
  }
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(7);
  const people = page.getByRole('complementary', { name: 'People' });
  const rows = people.getByRole('listitem');
  await expect(people.getByRole('heading', { name: 'Expected 48' })).toBeVisible();
  await expect(rows.first()).toHaveAttribute('aria-setsize', '48');
  expect(await rows.count()).toBeLessThan(40);

  const first = rows.first().getByRole('button').first();
  await first.focus();
  await people.evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
  const last = people.locator('[aria-posinset="48"]');
  await expect(last).toBeInViewport();
  await expect(last).toContainText('23:30');
  await expect(people.locator('[aria-posinset="24"]')).toHaveCount(0);
  await expect(first).toBeFocused();
});

test('Escape closes the panel of a person also while the focus is in the list', async ({ world, openDesk }) => {
  await insertRaw(world.admin, 'appointments', appointmentRow(world.clinic, 7 * 96));
  const desk = await openDesk('one');
  await desk.showDay(7);
  const who = desk.page
    .getByRole('complementary', { name: 'People' })
    .getByRole('listitem')
    .getByRole('button')
    .first();
  const panel = desk.page.getByRole('dialog');
  await who.press('Enter');
  await expect(panel).toBeVisible();
  await who.press('Enter');
  await who.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(who).toBeFocused();
});
