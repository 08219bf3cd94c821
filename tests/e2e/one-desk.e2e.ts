import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { violationsOf } from './violations.ts';
import { expect, password, test } from './world.ts';

test('a visit appears with the gesture, is provisional until the server answers, and then booked', async ({
  world,
  openDesk,
}) => {
  const desk = await openDesk('one');
  await desk.showDay(5);
  const book = await desk.prepareBooking(0, 9, 0);
  const held = Promise.withResolvers<void>();
  world.hooks = { at: (step) => (step === 'begun' ? held.promise : undefined) };
  await book.click();
  await expect(desk.visit(0)).toHaveAccessibleName(/not confirmed yet$/);
  held.resolve();
  await expect(desk.visit(0)).toHaveAccessibleName(/, booked$/);
});

test('a drag over free slots books a visit of their length', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(6);
  const from = await desk.pointAt(0, 9);
  await desk.page.mouse.move(from.x, from.y);
  await desk.page.mouse.down();
  await desk.page.mouse.move(from.x, from.y + 40, { steps: 5 });
  await desk.page.mouse.up();
  await expect(desk.page.getByText('45 min', { exact: true })).toBeVisible();
  await desk.choosePatient(0);
  await desk.page.getByRole('button', { name: 'Book 09:00 with provider 1' }).click();
  await expect(desk.visit(0)).toHaveAccessibleName(/, booked$/);
});

test('a drag moves a visit to another time and provider; Escape leaves it where it was', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(7);
  await (await desk.prepareBooking(0, 9, 0)).click();
  await expect(desk.visit(0)).toHaveAccessibleName(/, booked$/);
  const drag = async (hour: number, provider: number) => {
    const to = await desk.pointAt(provider, hour);
    const from = await desk.gripOf(0);
    await desk.page.mouse.move(from.x, from.y);
    await desk.page.mouse.down();
    await desk.page.mouse.move(to.x, to.y, { steps: 8 });
  };
  await drag(10, 1);
  await desk.page.keyboard.press('Escape');
  await desk.page.mouse.up();
  await expect(desk.visit(0)).toHaveAccessibleName(/^09:00 /);
  await drag(10, 1);
  await desk.page.mouse.up();
  await expect(desk.visit(0)).toHaveAccessibleName(/^10:00 .*, booked$/);
  await expect(desk.column(1).getByRole('gridcell', { name: /^10:00 / })).toBeVisible();
});

test('one tap checks in, and takes it back; cancelling frees the slot on every desk', async ({ openDesk, world }) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  // Today, at this hour: the patient stands at the desk.
  const hour = Math.floor((quarterDuring(new Date().toISOString()) - world.clinic.opensAt) / 4);
  await one.showDay(0);
  await two.showDay(0);
  await (await one.prepareBooking(0, hour + 0.5, 0)).click();
  await expect(two.visit(0)).toHaveAccessibleName(/, booked$/);
  await two.page
    .getByRole('complementary', { name: 'People' })
    .getByRole('button', { name: /^Check in/ })
    .click();
  await expect(one.visit(0)).toHaveAccessibleName(/, arrived$/);
  await one.visit(0).click();
  await one.page.getByRole('button', { name: 'Take check-in back' }).click();
  await expect(two.visit(0)).toHaveAccessibleName(/, booked$/);
  await one.visit(0).click();
  await one.page.getByRole('button', { name: 'Cancel visit' }).click();
  await expect(one.visit(0)).toHaveCount(0);
  await expect(two.visit(0)).toHaveCount(0);
});

test('the sign-in after a sign-out begins today, not at the day of the person before', async ({ world, openDesk }) => {
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(8);
  expect(new URL(page.url()).hash).toContain('/day/');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('User name').fill(world.clinic.signInName);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
});

test('an account without the calendar, as the kiosk’s, sees that one asks at the desk, and nothing else', async ({
  world,
  openDesk,
}) => {
  const { page } = await openDesk('one');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Server…' })).toHaveCount(0);
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await world.admin`update users set role = 'kiosk' where user_id = ${world.clinic.userId}`;
  await page.getByLabel('User name').fill(world.clinic.signInName);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Please ask at the desk' })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('c');
  await page.keyboard.press('?');
  await expect(page.getByRole('grid')).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('User name')).toBeVisible();
});
