import { requireBox, rowPx } from './desk-page.ts';
import { book, columnOf, scrollTo, show } from './grid-steps.ts';
import { expect, test } from './world.ts';

/** All tests use one day. Each has hours and a patient of its own. */
const day = 4;

test('a slot in a room’s column books that room, with a provider who is free', async ({ world, openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(day);
  await show(desk, 'Rooms');
  await scrollTo(desk.page, 8);
  const box = await requireBox(columnOf(desk, world.clinic.rooms[1]));
  await desk.page.mouse.click(box.x + 20, box.y + 8 * 4 * rowPx + 5);
  const panel = desk.page.getByRole('dialog', { name: 'New visit' });
  await expect(panel).toContainText('08:00–08:30 · room 2');
  await expect(panel.getByRole('button', { name: /With$/ })).toContainText('provider 1');
  await desk.choosePatient(0);
  await panel.getByRole('button', { name: 'Book 08:00 with provider 1' }).click();
  const visit = columnOf(desk, world.clinic.rooms[1]).getByRole('gridcell', { name: /^08:00 / });
  await expect(visit).toHaveAccessibleName(/, Check-up, provider 1, booked$/);
  await show(desk, 'Providers');
  await expect(desk.visit(0)).toHaveAccessibleName(/, Check-up, room 2, booked$/);
});

test('a drag between rooms gives the visit another room, at its time and with its provider', async ({
  world,
  openDesk,
}) => {
  const desk = await openDesk('one');
  await desk.showDay(day);
  await show(desk, 'Rooms');
  await scrollTo(desk.page, 9);
  const from = await requireBox(columnOf(desk, world.clinic.rooms[0]));
  await desk.page.mouse.click(from.x + 20, from.y + 9 * 4 * rowPx + 5);
  await desk.choosePatient(1);
  await desk.page.getByRole('button', { name: 'Book 09:00 with provider 1' }).click();
  await expect(desk.visit(1)).toHaveAccessibleName(/, booked$/);
  const to = await requireBox(columnOf(desk, world.clinic.rooms[2]));
  await desk.page.mouse.click(to.x + 20, to.y + 10 * 4 * rowPx + 5);
  await desk.choosePatient(4);
  await desk.page.getByRole('button', { name: /^Book 10:00 with/ }).click();
  await expect(desk.visit(4)).toHaveAccessibleName(/, booked$/);

  const card = await requireBox(desk.visit(1));
  await desk.page.mouse.move(card.x + 20, card.y + 15);
  await desk.page.mouse.down();
  await desk.page.mouse.move(to.x + 20, card.y + 15, { steps: 6 });
  await expect(desk.page.getByText('09:00–09:30 · room 3')).toBeVisible();
  // While the visit is carried, forbidden targets are hatched, over the whole column and below the cards.
  const ground = desk.page.locator(`[data-ground="${world.clinic.rooms[2]}"]`);
  const hatched = /repeating-linear-gradient\(45deg/;
  await expect(ground).toHaveCSS('background-image', hatched);
  expect((await requireBox(ground)).height).toBe((await requireBox(columnOf(desk, world.clinic.rooms[2]))).height);
  await desk.page.mouse.up();
  await expect(ground).not.toHaveCSS('background-image', hatched);
  const moved = columnOf(desk, world.clinic.rooms[2]).getByRole('gridcell', { name: /^09:00 / });
  await expect(moved).toHaveAccessibleName(/, provider 1, booked$/);
});

test('Shift selects free slots, and Enter books exactly those', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(8);
  const { keyboard } = desk.page;
  await desk.page.locator('[data-cursor]').focus();
  for (const key of ['ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown']) await keyboard.press(key);
  const slots = desk.page.getByRole('gridcell', { name: '00:15 to 01:00, provider 1, 45 min. Enter books.' });
  await expect(slots).toBeFocused();
  await keyboard.press('Enter');
  await expect(desk.page.getByText('45 min', { exact: true })).toBeVisible();
  await desk.choosePatient(0);
  await keyboard.press('Enter');
  await expect(desk.visit(0)).toHaveAccessibleName(/^00:15 .*, booked$/);
  expect((await requireBox(desk.visit(0))).height).toBe(3 * rowPx - 2);
});

test('Delete asks on the visit’s panel, and Enter there cancels', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(8);
  const visit = await book(desk, 1, 9, 1);
  await visit.focus();
  await desk.page.keyboard.press('Delete');
  await expect(desk.page.getByRole('button', { name: 'Cancel visit' })).toBeFocused();
  await expect(visit).toHaveAccessibleName(/, booked$/);
  await desk.page.keyboard.press('Enter');
  await expect(visit).toHaveCount(0);
});

test('zooming keeps the time under the cursor where it is, and is remembered', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(8);
  const visit = await book(desk, 2, 13, 2);
  await visit.focus();
  const before = await requireBox(visit);
  await desk.page.keyboard.press('+');
  const large = await requireBox(visit);
  expect(large.height).toBe(2 * 28 - 2);
  expect(Math.abs(large.y - before.y)).toBeLessThanOrEqual(1);
  for (const key of ['-', '-', '-']) await desk.page.keyboard.press(key);
  const small = await requireBox(visit);
  expect(small.height).toBe(2 * 14 - 2);
  expect(Math.abs(small.y - before.y)).toBeLessThanOrEqual(1);
  await desk.page.reload();
  await expect(desk.page.getByRole('button', { name: 'Smaller' })).toBeDisabled();
  expect((await requireBox(desk.visit(2))).height).toBe(2 * 14 - 2);
});

test('the filter hides columns, says how many, and is remembered for each kind', async ({ world, openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(8);
  const heads = desk.page.getByRole('rowheader');
  await desk.page.getByRole('button', { name: 'All providers' }).click();
  await desk.page.getByRole('dialog').getByRole('row', { name: 'provider 1' }).click();
  await expect(heads).toHaveCount(2);
  await desk.page.keyboard.press('Escape');
  await expect(desk.page.getByRole('button', { name: '1 hidden' })).toBeFocused();
  await desk.page.reload();
  await expect(heads).toHaveCount(2);
  await show(desk, 'Rooms');
  await expect(heads).toHaveCount(world.clinic.rooms.length);
  await show(desk, 'Providers');
  await desk.page.getByRole('button', { name: '1 hidden' }).click();
  await desk.page.getByRole('button', { name: 'Only provider 3' }).click();
  await expect(heads).toHaveText(/provider 3/);
  await desk.page.getByRole('button', { name: 'Show all' }).click();
  await expect(heads).toHaveCount(world.clinic.providers.length);
});
