import type { Page } from '@playwright/test';

import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { arriveBehindTheDesk, expect, test } from './world.ts';

test('the grid names its rows and columns, and each visit by time, patient, service, place and status', async ({
  world,
  openDesk,
}) => {
  const { admin, clinic } = world;
  await admin`update patients set alert = 'Allergic to latex'
    where org_id = ${clinic.orgId} and patient_id = ${clinic.patients[5] ?? ''}`;
  await insertRaw(admin, 'appointments', appointmentRow(clinic, (2 * 24 + 9) * 4));
  const row = { status: 'noshow', patient_id: clinic.patients[5], provider_id: clinic.providers[1] };
  await insertRaw(admin, 'appointments', appointmentRow(clinic, (2 * 24 + 11) * 4, row));
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(2);

  const grid = page.getByRole('grid', { name: /^\w+ \d+ \w+ \d{4}, Site, by provider$/ });
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await expect(grid).toHaveAttribute('aria-colcount', '97');
  await expect(grid).toHaveAccessibleDescription(/^Arrow keys move/);
  await expect(grid.getByRole('row')).toHaveCount(4);
  await expect(grid.getByRole('rowheader')).toHaveText([/^provider 1/, /^provider 2/, /^provider 3/]);
  await expect(grid.getByRole('rowheader').first()).toHaveAccessibleName('provider 1, 1 visit');
  const nine = grid.getByRole('columnheader', { name: '09:00' });
  await expect(nine).toHaveAttribute('aria-colindex', '38');
  await expect(nine).toHaveAttribute('aria-colspan', '2');

  const first = grid.getByRole('row', { name: 'provider 1, 1 visit' }).getByRole('gridcell', { name: /^09:00/ });
  await expect(first).toHaveAccessibleName(`09:00 Patient ${clinic.patients[0]}, Check-up, room 1, booked`);
  await expect(first).toHaveAttribute('aria-colindex', '38');
  await expect(first).toHaveAttribute('aria-colspan', '2');
  await expect(
    grid.getByRole('row', { name: 'provider 2, 1 visit' }).getByRole('gridcell', { name: /^11:00/ }),
  ).toHaveAccessibleName(
    `11:00 Patient ${clinic.patients[5]}, Check-up, room 1, did not come. Note: Allergic to latex`,
  );
  await first.focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.locator(':focus')).toHaveAccessibleName('08:45, provider 1, free. Enter books.');
});

test('carrying, dropping and refusals are announced', async ({ world, openDesk }) => {
  const { admin, clinic } = world;
  await insertRaw(admin, 'appointments', appointmentRow(clinic, (3 * 24 + 9) * 4));
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(3);
  const said = page.locator('[role="status"][aria-live="polite"].sr-only');
  await desk.visit(0).focus();
  await page.keyboard.press('m');
  await expect(said).toHaveText(/^Picked up 09:00 Patient .*Arrow keys carry it/);
  await page.keyboard.press('ArrowRight');
  await expect(said).toHaveText('09:00–09:30, provider 2');
  await page.keyboard.press('Escape');
  await expect(said).toHaveText('Put back where it was.');

  const appointmentId = (await desk.visit(0).getAttribute('data-visit')) ?? '';
  arriveBehindTheDesk(world, appointmentId);
  for (const key of ['m', 'PageDown', 'Enter']) await page.keyboard.press(key);
  const dialog = page.getByRole('alertdialog', { name: 'Someone changed this visit meanwhile' });
  await expect(dialog).toHaveAccessibleDescription(
    /^Your change was not made.*09:00, 30 min, with provider 1: arrived$/,
  );
});

/** The longest animation or transition in milliseconds, running now or declared by any element. */
function longestMotion(page: Page): Promise<number> {
  return page.evaluate(() => {
    const milliseconds = (list: string) => Math.max(...list.split(',').map((one) => Number.parseFloat(one) * 1000));
    const styled = [...document.querySelectorAll('*')].flatMap((element) =>
      [null, '::before', '::after'].flatMap((pseudo) => {
        const { animationDuration, animationName, transitionDuration } = getComputedStyle(element, pseudo);
        return [animationName === 'none' ? 0 : milliseconds(animationDuration), milliseconds(transitionDuration)];
      }),
    );
    const running = document.getAnimations().map(({ effect }) => Number(effect?.getTiming().duration ?? 0));
    return Math.max(0, ...styled, ...running);
  });
}

test('nothing is animated for a person who wants no motion, also while a visit is moved', async ({
  world,
  openDesk,
}) => {
  const { admin, clinic } = world;
  await insertRaw(admin, 'appointments', appointmentRow(clinic, (4 * 24 + 9) * 4));
  const taken = { provider_id: clinic.providers[1], patient_id: clinic.patients[1], room_id: clinic.rooms[1] };
  await insertRaw(admin, 'appointments', appointmentRow(clinic, (4 * 24 + 9) * 4, taken));
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(4);
  const message = page.locator('[data-sonner-toast]');
  /** From nine o'clock to nine o'clock. */
  async function drag(provider: number): Promise<void> {
    const to = await desk.pointAt(provider, 9);
    const from = await desk.gripOf(0);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 6 });
  }
  await drag(1);
  await page.mouse.up();
  await expect(message).toContainText('is taken 09:00');
  expect(await longestMotion(page), 'the message slides in, where motion is wanted').toBeGreaterThan(1);
  await message.getByRole('button', { name: 'Close toast' }).click();
  await expect(message).toHaveCount(0);

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await drag(1);
  expect(await longestMotion(page)).toBeLessThanOrEqual(1);
  await page.mouse.up();
  await expect(message).toContainText('is taken 09:00');
  expect(await longestMotion(page)).toBeLessThanOrEqual(1);
  await drag(2);
  expect(await longestMotion(page)).toBeLessThanOrEqual(1);
  await page.mouse.up();
  await expect(desk.column(2).getByRole('gridcell', { name: /^09:00 .*, booked$/ })).toHaveCount(1);
  expect(await longestMotion(page)).toBeLessThanOrEqual(1);
});
