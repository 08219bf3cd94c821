import type { Locator, Page } from '@playwright/test';

import { expect, password, test } from './world.ts';

/** No pointer in this file: each step reaches what it needs as a person without a mouse does. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isThere = () => wanted.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 60 && !(await isThere()); presses++) await page.keyboard.press(key);
  await expect(wanted).toBeFocused();
}

const cursorOf = (page: Page) => page.locator('#calendar [data-cursor]');

test('the keyboard alone signs out and in, and goes on in the calendar', async ({ world, openDesk }) => {
  const { page } = await openDesk('one');
  const { keyboard } = page;
  await expect(cursorOf(page)).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: /^Account of/ }), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Account of/ })).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('menu').locator(':focus')).toHaveCount(1);
  // In a menu a letter finds an entry, and does not do what the letter does elsewhere.
  await keyboard.press('s');
  await keyboard.press('i');
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused();
  await keyboard.press('Enter');

  await expect(page.getByLabel('User name')).toBeFocused();
  await keyboard.type(world.clinic.signInName);
  await keyboard.press('Tab');
  await keyboard.type('not this one');
  await keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('do not fit together');
  await expect(page.getByLabel('Password')).toBeFocused();
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type(password);
  await keyboard.press('Enter');
  await expect(cursorOf(page)).toBeFocused();
});

test('the keyboard alone books, moves and cancels', async ({ world, openDesk }) => {
  const desk = await openDesk('one');
  const { page } = desk;
  const { keyboard } = page;
  await keyboard.press('g');
  await expect(page.getByRole('textbox', { name: 'Go to a day' })).toBeFocused();
  await keyboard.type('+9');
  await keyboard.press('Enter');
  await expect(cursorOf(page)).toBeFocused();
  await expect(page.getByRole('gridcell', { name: '00:00, provider 1, free' })).toBeFocused();

  // Books at a quarter past midnight, where the test clinic is open.
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Patient' })).toBeFocused();
  await keyboard.type(`Patient ${world.clinic.patients[0]}`);
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Book 00:15 with provider 1/ })).toBeEnabled();
  await keyboard.press('Enter');
  await expect(desk.visit(0)).toHaveAccessibleName(/^00:15 .*, booked$/);
  await expect(cursorOf(page)).toBeFocused();

  // A look at another place, and back.
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(desk.visit(0)).toBeFocused();

  await keyboard.press('m');
  await keyboard.press('ArrowRight');
  await keyboard.press('PageDown');
  await keyboard.press('Enter');
  await expect(desk.visit(0)).toHaveAccessibleName(/^01:15 .*, booked$/);
  await expect(desk.column(1).getByRole('gridcell', { name: /^01:15 / })).toBeFocused();

  await keyboard.press('Delete');
  await expect(page.getByRole('button', { name: 'Cancel visit' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(desk.visit(0)).toBeFocused();
  await keyboard.press('Delete');
  await keyboard.press('Enter');
  await expect(desk.visit(0)).toHaveCount(0);
  await expect(page.getByRole('gridcell', { name: '01:15, provider 2, free' })).toBeFocused();
});

test('the keyboard alone checks in, on the card and in the list of people', async ({ world, openDesk }) => {
  const desk = await openDesk('one');
  const { page } = desk;
  const { keyboard } = page;
  await expect(cursorOf(page)).toBeFocused();
  // Two visits a little after now, side by side.
  await keyboard.press('ArrowDown');
  for (const patient of [0, 1]) {
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Patient' })).toBeFocused();
    await keyboard.type(`Patient ${world.clinic.patients[patient]}`);
    await keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /^Book / })).toBeEnabled();
    await keyboard.press('Enter');
    await expect(desk.visit(patient)).toHaveAccessibleName(/, booked$/);
    await expect(desk.visit(patient)).toBeFocused();
  }
  await keyboard.press('c');
  await expect(desk.visit(1)).toHaveAccessibleName(/, arrived$/);
  await expect(desk.visit(1)).toBeFocused();

  const people = page.getByRole('complementary', { name: 'People' });
  await tabTo(page, people.getByRole('button', { name: new RegExp(`^Check in Patient ${world.clinic.patients[0]}`) }));
  await keyboard.press('Enter');
  await expect(desk.visit(0)).toHaveAccessibleName(/, arrived$/);
  // The row moved to another group, and the focus stays in the list.
  await expect(people.locator(':focus')).toHaveCount(1);
  // Enter, pressed again and again, opens a visit, and takes no further step with anybody.
  for (let presses = 0; presses < 4; presses++) await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await keyboard.press('Escape');
  for (const patient of [0, 1]) await expect(desk.visit(patient)).toHaveAccessibleName(/, arrived$/);
  // Nor does it on the card.
  await desk.visit(0).focus();
  for (let presses = 0; presses < 4; presses++) await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await keyboard.press('Escape');
  await expect(desk.visit(0)).toBeFocused();
  await expect(desk.visit(0)).toHaveAccessibleName(/, arrived$/);

  await keyboard.press('i');
  await expect(desk.visit(0)).toHaveAccessibleName(/, with provider$/);
  await keyboard.press('f');
  await expect(desk.visit(0)).toHaveAccessibleName(/, done$/);
  await expect(desk.visit(0)).toBeFocused();
  for (const status of ['with provider', 'arrived']) {
    await keyboard.press('z');
    await expect(desk.visit(0)).toHaveAccessibleName(new RegExp(`, ${status}$`));
  }
});

test('single letters turn days and open panels, and are plain letters in a text field', async ({ openDesk }) => {
  const desk = await openDesk('one');
  const { page } = desk;
  const { keyboard } = page;
  const heading = page.getByRole('heading', { level: 1 });
  await expect(cursorOf(page)).toBeFocused();
  const today = (await heading.textContent()) ?? '';
  await keyboard.press('n');
  await expect(heading).not.toHaveText(today);
  await expect(cursorOf(page)).toBeFocused();
  await keyboard.press('p');
  await keyboard.press('p');
  await keyboard.press('t');
  await expect(heading).toHaveText(today);
  await expect(cursorOf(page)).toBeFocused();

  await keyboard.press('g');
  const field = page.getByRole('textbox', { name: 'Go to a day' });
  await keyboard.type('nonsense');
  await expect(field).toHaveValue('nonsense');
  await keyboard.press('Enter');
  await expect(page.getByText('No such day.')).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('tomorrow');
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('grid', { name: /^Month/ }).locator(':focus')).toHaveCount(1);
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: /^Month/ })).toHaveCount(0);
  await expect(heading).not.toHaveText(today);
  await expect(cursorOf(page)).toBeFocused();
  await keyboard.press('t');

  await keyboard.press('a');
  await expect(page.getByRole('complementary', { name: 'People' })).toHaveCount(0);
  await keyboard.press('a');
  await expect(page.getByRole('complementary', { name: 'People' })).toBeVisible();

  await keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet).toBeVisible();
  await keyboard.press('n');
  await expect(heading).toHaveText(today);
  await tabTo(page, sheet.getByRole('switch'));
  await keyboard.press('Space');
  await expect(sheet.getByRole('switch')).not.toBeChecked();
  await keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(cursorOf(page)).toBeFocused();
  // The letter keys can be switched off, for people who dictate.
  await keyboard.press('n');
  await keyboard.press('?');
  await expect(sheet).toHaveCount(0);
  await expect(heading).toHaveText(today);
});
