import type { Locator, Page } from '@playwright/test';

import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import type { DeskPage } from './desk-page.ts';
import { violationsOf } from './violations.ts';
import { arriveBehindTheDesk, expect, test } from './world.ts';

/** Windows' contrast themes are mostly dark. */
const looks = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
} as const;

/** The rules whose verdict depends on the look. All other rules are checked once. */
const rulesOfTheLook = ['color-contrast', 'link-in-text-block', 'target-size'];

/** The violations in each look. */
async function violationsInLooksOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [name, look] of Object.entries(looks)) {
    await page.emulateMedia(look);
    const violations = await violationsOf(page, name === 'light' ? undefined : rulesOfTheLook);
    found.push(...violations.map((violation) => `${name}: ${violation}`));
  }
  await page.emulateMedia(looks.light);
  return found;
}

/** Opens a dialog with a key and checks it. Escape must close it and return the focus to the opener. */
async function expectDialogOf(page: Page, opener: Locator, key: string, opened: Locator): Promise<void> {
  await opener.focus();
  await page.keyboard.press(key);
  await expect(opened).toBeVisible();
  await expect.poll(() => opened.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  expect(await violationsInLooksOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(opened).toHaveCount(0);
  await expect(opener).toBeFocused();
}

async function book(desk: DeskPage, provider: number, hour: number, patient: number): Promise<void> {
  await (await desk.prepareBooking(provider, hour, patient)).click();
  await expect(desk.visit(patient)).toHaveAccessibleName(/, booked$/);
}

const statuses = ['booked', 'arrived', 'checked-in', 'fulfilled', 'noshow', 'pending', 'proposed'] as const;

const cursorOf = (page: Page) => page.locator('#calendar [data-cursor]');

test('axe finds nothing on a day, an empty day, a day that could not be read, and the sign-in', async ({
  world,
  openDesk,
}) => {
  test.slow();
  // These rows are not in the feed, so they are written before the desk reads its days.
  for (const [n, status] of statuses.entries()) {
    const arrived_at = status === 'arrived' ? new Date() : null;
    await insertRaw(
      world.admin,
      'appointments',
      appointmentRow(world.clinic, (8 * 24 + 9 + n) * 4, { status, arrived_at }),
    );
  }
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(8);
  await expect(page.locator('.visit')).toHaveCount(statuses.length);
  expect(await violationsInLooksOf(page)).toEqual([]);

  await page.keyboard.press('g');
  await page.keyboard.type('+60');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Nobody works here/)).toBeVisible();
  expect(await violationsInLooksOf(page)).toEqual([]);

  await world.admin`alter table slots rename to slots_away`;
  try {
    // A day far from every day that was read, and from their neighbours.
    await page.keyboard.press('g');
    await page.keyboard.type('+200');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('This day could not be read.');
    expect(await violationsInLooksOf(page)).toEqual([]);
  } finally {
    await world.admin`alter table slots_away rename to slots`;
  }

  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByLabel('User name')).toBeFocused();
  expect(await violationsInLooksOf(page)).toEqual([]);
});

test('axe finds nothing in panels and menus; they take the focus, and Escape gives it back', async ({ openDesk }) => {
  test.slow();
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(9);
  await book(desk, 0, 9, 0);
  await expect(desk.visit(0)).toBeFocused();
  await expectDialogOf(page, desk.visit(0), 'Enter', page.getByRole('dialog', { name: /, booked$/ }));
  await page.keyboard.press('ArrowRight');
  await expectDialogOf(page, cursorOf(page), 'Enter', page.getByRole('dialog', { name: 'New visit' }));
  await expectDialogOf(page, cursorOf(page), '?', page.getByRole('dialog', { name: 'Keys' }));
  await expectDialogOf(page, cursorOf(page), 'g', page.getByRole('dialog', { name: 'Choose a day' }));
  const account = page.getByRole('button', { name: /^Account of/ });
  await expectDialogOf(page, account, 'Enter', page.getByRole('menu'));
  const filter = page.getByRole('button', { name: 'All providers' });
  await expectDialogOf(page, filter, 'Enter', page.getByRole('dialog', { name: 'Columns shown' }));
});

test('axe finds nothing during the search for a patient, the choice and the registration', async ({
  world,
  openDesk,
}) => {
  test.slow();
  const desk = await openDesk('one');
  const { page } = desk;
  await world.admin`update patients set alert = 'Allergic to latex', phone = '+49 30 12345123'
    where org_id = ${world.clinic.orgId} and patient_id = ${world.clinic.patients[5] ?? ''}`;
  await desk.showDay(7);
  await desk.clickSlot(0, 9);
  const field = page.getByRole('combobox', { name: 'Patient' });
  await field.fill('Patient');
  await expect(page.getByRole('option', { name: /phone ends in 5123, Note: Allergic to latex$/ })).toBeVisible();
  expect(await violationsInLooksOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await desk.choosePatient(0);
  await page.getByRole('button', { name: /Service$/ }).press('Enter');
  await expect(page.getByRole('listbox', { name: 'Service' })).toBeVisible();
  expect(await violationsInLooksOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await field.fill('Nobody of that name');
  await page.getByRole('option', { name: /^New patient/ }).click();
  await page.getByRole('button', { name: /^Register and book/ }).press('Enter');
  await expect(page.getByText('Give the birth date.')).toBeVisible();
  expect(await violationsInLooksOf(page)).toEqual([]);
});

test('axe finds nothing in a conflict and in a stale visit; each takes the focus and gives it back', async ({
  world,
  openDesk,
}) => {
  test.slow();
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  const { page } = one;
  await one.showDay(10);
  await two.showDay(10);
  const [bookOne, bookTwo] = [await one.prepareBooking(0, 9, 0), await two.prepareBooking(0, 9, 1)];
  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  world.hooks = {
    async at(step) {
      if (step !== 'begun') return;
      world.hooks = {};
      begun.resolve();
      await held.promise;
    },
  };
  await bookOne.click();
  await begun.promise;
  await bookTwo.click();
  await expect(two.visit(1)).toHaveAccessibleName(/, booked$/);
  held.resolve();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('is not free');
  await expect(dialog.getByRole('button', { name: /^Book / }).first()).toBeFocused();
  expect(await violationsInLooksOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(cursorOf(page)).toBeFocused();

  await book(one, 1, 9, 2);
  const appointmentId = (await one.visit(2).getAttribute('data-visit')) ?? '';
  arriveBehindTheDesk(world, appointmentId);
  await one.visit(2).focus();
  for (const key of ['m', 'PageDown', 'Enter']) await page.keyboard.press(key);
  await expect(dialog).toContainText('Someone changed this visit meanwhile');
  await expect(dialog.getByRole('button', { name: 'Look at it' })).toBeFocused();
  expect(await violationsInLooksOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(cursorOf(page)).toBeFocused();
});
