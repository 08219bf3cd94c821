import { loseSlotOffline } from './lose-slot-offline.ts';
import { expect, test } from './world.ts';

test('two desks book one slot: the offline one learns of its loss when it comes back, and rebooks in one tap', async ({
  world,
  openDesk,
}) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  await loseSlotOffline(one, two, 1, 9);
  await expect(one.pill).toContainText('1 waiting');
  // No other desk knows of the booking.
  await expect(two.visit(0)).toHaveCount(0);

  await one.goOnline();
  await expect(one.refusedBadge).toHaveText('1 refused');
  await expect(one.pill).not.toContainText('waiting');
  await expect(one.visit(0)).toHaveCount(0);
  await one.expectVisit(1, /^09:00 .*, booked$/);
  // No dialog opens under the person's hands.
  await expect(one.page.getByRole('alertdialog')).toHaveCount(0);

  const message = one.page.getByText('The server refused something');
  await expect(message).toBeVisible();
  await one.refusedBadge.click();
  await expect(message).toBeHidden();
  await one.tray.getByRole('button', { name: new RegExp(`Patient ${world.clinic.patients[0]}`) }).click();
  const dialog = one.page.getByRole('alertdialog');
  await expect(dialog).toContainText('provider 1 is taken 09:00–09:30');
  const ways = dialog.getByRole('button', { name: /^Book / });
  await expect(ways).toHaveCount(5);
  await expect(ways.first()).toBeFocused();
  const clock = /(\d\d:\d\d) with/.exec((await ways.first().textContent()) ?? '')?.[1];
  await ways.first().click();
  await expect(dialog).toBeHidden();
  await expect(one.tray).toContainText('Nothing is refused');
  await one.page.keyboard.press('Escape');
  await expect(one.refusedBadge).toHaveCount(0);
  for (const desk of [one, two]) await desk.expectVisit(0, new RegExp(`^${clock} .*, booked$`));
});

test('a desk that is killed offline still shows its commands, and they are decided afterwards', async ({
  world,
  openDesk,
}) => {
  const desk = await openDesk('one', { hasOwnProcess: true });
  await desk.showDay(2);
  await desk.book(1, 8, 2);
  await desk.expectVisit(2, /, booked$/);
  await desk.keepForOffline(0);
  await desk.goOffline();
  await desk.book(0, 9, 0);
  await desk.expectVisit(0, /, booked, not confirmed yet$/);
  await desk.drag(2, 1, 10);
  await desk.expectVisit(2, /^10:00 .*, booked, not confirmed yet$/);

  await desk.killAndStart();
  // A cold start without the server: the person is still signed in, and the day is there with its waiting commands.
  await expect(desk.pill).toContainText('Offline since');
  await expect(desk.pill).toContainText('2 waiting');
  await desk.showDay(2);
  await desk.expectVisit(0, /^09:00 .*, booked, not confirmed yet$/);
  await desk.expectVisit(2, /^10:00 .*, booked, not confirmed yet$/);
  await expect(desk.page.getByText(/^As of /)).toBeVisible();
  await desk.visit(0).click();
  await expect(desk.page.getByRole('dialog')).toContainText('Kept on this desk');
  await desk.page.keyboard.press('Escape');

  await desk.goOnline();
  await desk.expectVisit(0, /^09:00 .*, booked$/);
  await desk.expectVisit(2, /^10:00 .*, booked$/);
  await expect(desk.pill).not.toContainText('waiting');
  await expect(desk.page.getByText(/^As of /)).toHaveCount(0);
  const [row] = await world.admin`select count(*)::int as visits from appointments
    where org_id = ${world.clinic.orgId} and patient_id = ${world.clinic.patients[0] ?? ''}`;
  expect(row).toEqual({ visits: 1 });
});

test('offline, known patients are found, and days that the desk does not keep say so', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(3);
  await desk.keepForOffline(0);
  await desk.goOffline();
  await desk.clickSlot(0, 9);
  await desk.choosePatient(0);
  await expect(desk.page.getByRole('button', { name: 'Book 09:00 with provider 1' })).toBeEnabled();
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('g');
  await desk.page.keyboard.type('+40');
  await desk.page.keyboard.press('Enter');
  await expect(desk.page.getByRole('alert')).toContainText('This day is not kept on this desk');
  await desk.goOnline();
  await expect(desk.page.getByText('No slot is open')).toBeVisible();
});

test('offline bookings, moves and cancellations are decided in their order', async ({ world, openDesk }) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  for (const desk of [one, two]) await desk.showDay(4);
  await one.book(0, 9, 0);
  await one.expectVisit(0, /, booked$/);
  await one.book(1, 9, 1);
  await one.expectVisit(1, /, booked$/);
  await one.keepForOffline(2);
  await one.goOffline();

  // Each command takes the slot that the one before it freed, so only this order is possible.
  await one.drag(0, 2, 11);
  await one.expectVisit(0, /^11:00 .*, booked, not confirmed yet$/);
  await one.book(0, 9, 2);
  await one.expectVisit(2, /^09:00 .*, booked, not confirmed yet$/);
  await one.drag(2, 0, 12);
  await one.expectVisit(2, /^12:00 .*, booked, not confirmed yet$/);
  await one.choose(1, 'Cancel visit');
  await one.expectVisit(1, /, cancelled, not confirmed yet$/);
  await expect(one.pill).toContainText('4 waiting');

  await one.goOnline();
  await expect(one.pill).not.toContainText('waiting');
  for (const desk of [one, two]) {
    await desk.expectVisit(0, /^11:00 .*, booked$/);
    await desk.expectVisit(2, /^12:00 .*, booked$/);
    await expect(desk.visit(1)).toHaveCount(0);
  }
  await expect(one.refusedBadge).toHaveCount(0);
  const versions = await world.admin<{ patient_id: string; version: number }[]>`select patient_id, version
    from appointments where org_id = ${world.clinic.orgId} and patient_id = ${world.clinic.patients[2] ?? ''}
      and starts_at >= now() + interval '3 days'`;
  expect(versions.map(({ version }) => version)).toEqual([2]);
});
