import { requireBox, rowPx } from './desk-page.ts';
import { book, columnOf, scrollTo } from './grid-steps.ts';
import { expect, test } from './world.ts';

/** All tests use one day. Each has hours and a patient of its own. */
const day = 4;

test('each edge of a visit can be dragged, and a forbidden place is named before the drop', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(day);
  const visit = await book(desk, 0, 11, 2);
  await book(desk, 0, 12, 3);
  await scrollTo(desk.page, 10);
  const pull = async (fromBottom: boolean, rows: number) => {
    const box = await requireBox(visit);
    const y = fromBottom ? box.y + box.height - 2 : box.y + 2;
    await desk.page.mouse.move(box.x + 20, y);
    await expect(visit).toHaveCSS('cursor', 'ns-resize');
    await desk.page.mouse.down();
    await desk.page.mouse.move(box.x + 20, y + rows * rowPx, { steps: 6 });
  };
  await pull(true, 1);
  await desk.page.mouse.up();
  await expect.poll(async () => (await requireBox(visit)).height).toBe(3 * rowPx - 2);
  await expect(visit).toHaveAccessibleName(/, booked$/);
  await pull(false, -2);
  await desk.page.mouse.up();
  await expect(visit).toHaveAccessibleName(/^10:30 .*, booked$/);
  expect((await requireBox(visit)).height).toBe(5 * rowPx - 2);

  await pull(true, 2);
  await expect(desk.page.locator('.drag-ghost[data-invalid]')).toContainText('provider 1 is taken 12:00–12:15');
  await desk.page.keyboard.press('Escape');
  await desk.page.mouse.up();
  await expect(desk.page.locator('.drag-ghost')).toHaveCount(0);
  expect((await requireBox(visit)).height).toBe(5 * rowPx - 2);
});

test('the keyboard carries a visit to another time, provider and length', async ({ world, openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(day);
  const visit = await book(desk, 0, 14, 4);
  const said = desk.page.getByRole('status').filter({ hasText: /\d/ });
  const { keyboard } = desk.page;
  await visit.focus();
  await keyboard.press('m');
  await expect(said).toContainText(/^Picked up 14:00 .*Escape puts it back/);
  await keyboard.press('ArrowDown');
  await keyboard.press('Escape');
  await expect(visit).toHaveAccessibleName(/^14:00 /);
  await expect(visit).toBeFocused();

  await keyboard.press('m');
  for (const key of ['ArrowRight', 'PageDown', 'ArrowDown', 'Shift+ArrowDown']) await keyboard.press(key);
  await expect(said).toContainText('15:15–16:00, provider 2');
  await keyboard.press('Enter');
  await expect(visit).toHaveAccessibleName(/^15:15 .*, booked$/);
  await expect(columnOf(desk, world.clinic.providers[1]).getByRole('gridcell', { name: /^15:15 / })).toBeFocused();
  expect((await requireBox(visit)).height).toBe(3 * rowPx - 2);
});

test('a carried visit is not dropped at a forbidden place, and says why', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(8);
  const { keyboard } = desk.page;
  const visit = await book(desk, 2, 20, 5);
  await book(desk, 2, 21, 4);
  await visit.focus();
  await keyboard.press('m');
  for (let n = 0; n < 3; n++) await keyboard.press('ArrowDown');
  await expect(
    desk.page.getByRole('status').filter({ hasText: '20:45–21:15, provider 3. provider 3 is taken 21:00–21:15' }),
  ).toBeAttached();
  await keyboard.press('Enter');
  await expect(desk.page.locator('.drag-ghost[data-invalid]')).toBeVisible();
  await keyboard.press('Tab');
  await expect(desk.page.locator('.drag-ghost')).toHaveCount(0);
  await expect(visit).toHaveAccessibleName(/^20:00 .*, booked$/);
});

test('a finger swipes to scroll, taps to open, and rests to pick up', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(8);
  const visit = await book(desk, 0, 18, 3);
  await scrollTo(desk.page, 17);
  const session = await desk.page.context().newCDPSession(desk.page);
  const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) => {
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  };
  const scroller = desk.page.locator('[data-scroller]');
  const top = () => scroller.evaluate((element) => element.scrollTop);
  const box = await requireBox(visit);
  const [x, y] = [box.x + 30, box.y + 20];

  const before = await top();
  // A swipe goes on by itself. A tap meanwhile only stops the swipe, and the browser sends no click.
  const atRest = scroller.evaluate(
    (element) => new Promise<void>((resolve) => element.addEventListener('scrollend', () => resolve(), { once: true })),
  );
  await touch('touchStart', x, y);
  for (let n = 1; n <= 10; n++) await touch('touchMove', x, y + n * 10);
  await touch('touchEnd');
  await atRest;
  expect(await top()).toBeLessThan(before);
  await expect(visit).toHaveAccessibleName(/^18:00 /);
  await expect(desk.page.getByRole('dialog')).toHaveCount(0);

  await scrollTo(desk.page, 17);
  await touch('touchStart', x, y);
  await touch('touchEnd');
  await expect(desk.page.getByRole('dialog')).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await expect(desk.page.getByRole('dialog')).toHaveCount(0);

  const held = await top();
  await touch('touchStart', x, y);
  await expect(desk.page.locator('[data-gesture="move"]')).toBeAttached();
  for (let n = 1; n <= 8; n++) await touch('touchMove', x, y + n * 10);
  expect(await top()).toBe(held);
  await touch('touchEnd');
  await expect(visit).toHaveAccessibleName(/^19:00 .*, booked$/);
  await expect(desk.page.getByRole('dialog')).toHaveCount(0);
});
