import { arriveBehindTheDesk, expect, test } from './world.ts';

/** Holds every booking until two of them have begun, so that neither desk can know of the other's. */
function untilTwoHaveBegun() {
  const both = Promise.withResolvers<void>();
  let begun = 0;
  return {
    async at(step: string, attempt: number) {
      if (step !== 'begun' || attempt > 1) return;
      begun++;
      if (begun === 2) both.resolve();
      await both.promise;
    },
  };
}

test('two desks race for one slot: one books, the other rebooks in one tap', async ({ world, openDesk }) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  await one.showDay(1);
  await two.showDay(1);
  const bookOne = await one.prepareBooking(0, 9, 0);
  const bookTwo = await two.prepareBooking(0, 9, 1);
  world.hooks = untilTwoHaveBegun();
  await Promise.all([bookOne.click(), bookTwo.click()]);

  const dialogs = [one, two].map((desk) => desk.page.getByRole('alertdialog'));
  await expect
    .poll(async () => (await Promise.all(dialogs.map((dialog) => dialog.isVisible()))).filter(Boolean).length)
    .toBe(1);
  const isOneTheLoser = await dialogs[0]?.isVisible();
  const [winner, loser] = isOneTheLoser ? [two, one] : [one, two];
  const [winnersPatient, losersPatient] = isOneTheLoser ? [1, 0] : [0, 1];
  await expect(winner.visit(winnersPatient)).toHaveAccessibleName(/09:00 .*booked$/);

  const dialog = loser.page.getByRole('alertdialog');
  await expect(dialog).toContainText('provider 1 was taken at 09:00 by another booking a moment ago');
  await expect(dialog).toContainText(`Patient ${world.clinic.patients[winnersPatient]}`);
  const ways = dialog.getByRole('button', { name: /^Book / });
  await expect(ways).toHaveCount(5);
  await expect(ways.first()).toBeFocused();
  const clock = /(\d\d:\d\d) with/.exec((await ways.first().textContent()) ?? '')?.[1];
  await loser.page.keyboard.press('Enter');

  await expect(dialog).toBeHidden();
  await expect(loser.visit(losersPatient)).toHaveAccessibleName(new RegExp(`^${clock} .*booked$`));
  // The winner's screen shows the rebooked visit by itself.
  await expect(winner.visit(losersPatient)).toHaveAccessibleName(new RegExp(`^${clock} .*booked$`));
});

test('a lost race for an alternative opens the dialog again, with new alternatives', async ({ world, openDesk }) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  await one.showDay(2);
  await two.showDay(2);
  const bookOne = await one.prepareBooking(0, 9, 0);
  const bookTwo = await two.prepareBooking(0, 9, 1);
  world.hooks = untilTwoHaveBegun();
  await Promise.all([bookOne.click(), bookTwo.click()]);
  await expect
    .poll(
      async () => (await one.page.getByRole('alertdialog').count()) + (await two.page.getByRole('alertdialog').count()),
    )
    .toBe(1);
  const oneLost = (await one.page.getByRole('alertdialog').count()) === 1;
  const [winner, loser] = oneLost ? [two, one] : [one, two];
  const dialog = loser.page.getByRole('alertdialog');
  const first = dialog.getByRole('button', { name: /^Book / }).first();
  const clock = /(\d\d):(\d\d) with provider 1/.exec((await first.textContent()) ?? '');
  if (!clock) throw new Error('the nearest alternative is the same provider');
  world.hooks = {};
  const hour = Number(clock[1]) + Number(clock[2]) / 60;
  await (await winner.prepareBooking(0, hour, 2)).click();
  await expect(winner.visit(2)).toHaveAccessibleName(/booked$/);
  await first.click();
  await expect(dialog).toContainText(`provider 1 was taken at ${clock[1]}:${clock[2]}`);
  await expect(dialog.getByRole('button', { name: /^Book / })).toHaveCount(5);
  await dialog
    .getByRole('button', { name: /^Book / })
    .first()
    .click();
  await expect(dialog).toBeHidden();
  await expect(loser.visit(oneLost ? 0 : 1)).toHaveAccessibleName(/booked$/);
});

test('a visit that somebody else moved meanwhile is shown at its new place', async ({ world, openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(3);
  await (await desk.prepareBooking(0, 9, 0)).click();
  await expect(desk.visit(0)).toHaveAccessibleName(/booked$/);
  const to = await desk.pointAt(1, 10);
  const from = await desk.gripOf(0);
  const appointmentId = (await desk.visit(0).getAttribute('data-visit')) ?? '';
  arriveBehindTheDesk(world, appointmentId);
  await desk.page.mouse.move(from.x, from.y);
  await desk.page.mouse.down();
  await desk.page.mouse.move(to.x, to.y - 10, { steps: 8 });
  await desk.page.mouse.move(to.x, to.y, { steps: 2 });
  await desk.page.mouse.up();
  const dialog = desk.page.getByRole('alertdialog');
  await expect(dialog).toContainText('Someone changed this visit meanwhile');
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await expect(dialog).toBeHidden();
});

test('a visit is shown from the tray of refusals also where its column is hidden', async ({ world, openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(4);
  await desk.book(0, 9, 0);
  await desk.expectVisit(0, /, booked$/);
  const appointmentId = (await desk.visit(0).getAttribute('data-visit')) ?? '';
  await desk.keepForOffline();
  await desk.goOffline();
  await desk.drag(0, 0, 10);
  await desk.expectVisit(0, /^10:00 .*not confirmed yet$/);
  arriveBehindTheDesk(world, appointmentId);
  await desk.goOnline();
  await expect(desk.refusedBadge).toHaveText('1 refused');
  const { page } = desk;
  await page.getByRole('button', { name: 'All providers' }).click();
  await page.getByRole('dialog').getByRole('row', { name: 'provider 1' }).click();
  await page.keyboard.press('Escape');
  await expect(desk.visit(0)).toHaveCount(0);

  await desk.refusedBadge.click();
  await desk.tray.getByRole('button', { name: /Move/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Look at it' }).click();
  await expect(desk.visit(0)).toHaveAttribute('data-flash');
  await expect(page.getByRole('button', { name: 'All providers' })).toBeAttached();
  await expect(page.getByRole('dialog', { name: /^09:00 .*, arrived$/ })).toBeVisible();
});
