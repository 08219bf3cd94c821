import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

import { expect, test, type DeskPage } from './world.ts';

const looks = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'active' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const;

/** Rule and element of each violation in each look, so that a failure says what to mend. */
async function violationsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const look of looks) {
    await page.emulateMedia(look);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const where = look.forcedColors === 'active' ? `forced ${look.colorScheme}` : look.colorScheme;
    found.push(
      ...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${where}: ${id}: ${target.join(' ')}`)),
    );
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  return found;
}

/** Opens with a key, and is looked at; Escape closes it, and the focus is back where it was. */
async function mustBeADialogOf(page: Page, opener: Locator, key: string, opened: Locator): Promise<void> {
  await opener.focus();
  await page.keyboard.press(key);
  await expect(opened).toBeVisible();
  await expect.poll(() => opened.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(opened).toHaveCount(0);
  await expect(opener).toBeFocused();
}

async function book(desk: DeskPage, provider: number, hour: number, patient: number): Promise<void> {
  await (await desk.prepareBooking(provider, hour, patient)).click();
  await expect(desk.visit(patient)).toHaveAccessibleName(/, booked$/);
}

const cursorOf = (page: Page) => page.locator('#calendar [data-cursor]');

test('axe finds nothing on a day, an empty day, a day that could not be read, and the sign-in', async ({
  world,
  openDesk,
}) => {
  test.slow();
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(8);
  await book(desk, 0, 9, 0);
  expect(await violationsOf(page)).toEqual([]);

  await page.keyboard.press('g');
  await page.keyboard.type('+60');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Nobody works here/)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);

  await world.admin`alter table slots rename to slots_away`;
  try {
    // A day that was not read ahead, as the neighbours are.
    await page.keyboard.press('g');
    await page.keyboard.type('+90');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('This day could not be read.');
    expect(await violationsOf(page)).toEqual([]);
  } finally {
    await world.admin`alter table slots_away rename to slots`;
  }

  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByLabel('User name')).toBeFocused();
  expect(await violationsOf(page)).toEqual([]);
});

test('axe finds nothing in panels and menus; they take the focus, and Escape gives it back', async ({ openDesk }) => {
  test.slow();
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(9);
  await book(desk, 0, 9, 0);
  await expect(desk.visit(0)).toBeFocused();
  await mustBeADialogOf(page, desk.visit(0), 'Enter', page.getByRole('dialog', { name: /, booked$/ }));
  await page.keyboard.press('ArrowRight');
  await mustBeADialogOf(page, cursorOf(page), 'Enter', page.getByRole('dialog', { name: 'New visit' }));
  await mustBeADialogOf(page, cursorOf(page), '?', page.getByRole('dialog', { name: 'Keys' }));
  await mustBeADialogOf(page, cursorOf(page), 'g', page.getByRole('dialog', { name: 'Choose a day' }));
  const account = page.getByRole('button', { name: /^Account of/ });
  await mustBeADialogOf(page, account, 'Enter', page.getByRole('menu'));
  const filter = page.getByRole('button', { name: 'All providers' });
  await mustBeADialogOf(page, filter, 'Enter', page.getByRole('dialog', { name: 'Columns shown' }));
});

test('axe finds nothing in a conflict and in what someone else changed; each takes the focus and gives it back', async ({
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
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(cursorOf(page)).toBeFocused();

  await book(one, 1, 9, 2);
  const appointmentId = (await one.visit(2).getAttribute('data-visit')) ?? '';
  world.hooks = {
    async at(step, attempt) {
      if (step !== 'begun' || attempt > 1) return;
      world.hooks = {};
      await world.admin`update appointments set version = version + 1, status = 'arrived', arrived_at = now()
        where org_id = ${world.clinic.orgId} and appointment_id = ${appointmentId}`;
    },
  };
  await one.visit(2).focus();
  for (const key of ['m', 'PageDown', 'Enter']) await page.keyboard.press(key);
  await expect(dialog).toContainText('Someone changed this visit meanwhile');
  await expect(dialog.getByRole('button', { name: 'Look at it' })).toBeFocused();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(cursorOf(page)).toBeFocused();
});
