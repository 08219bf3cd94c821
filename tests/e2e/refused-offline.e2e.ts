import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { loseSlotOffline } from './lose-slot-offline.ts';
import { expect, test } from './world.ts';

test('a check-in on a refused booking says that it was not done either; the booking is kept on the waitlist and made later', async ({
  world,
  openDesk,
}) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  // Today, in this hour: a patient who is checked in stands at the desk.
  const hour = Math.floor((quarterDuring(new Date().toISOString()) - world.clinic.opensAt) / 4) + 0.5;
  await loseSlotOffline(one, two, 0, hour);
  await one.choose(0, 'Check in');
  await one.expectVisit(0, /, arrived, not confirmed yet$/);
  await one.goOnline();
  await expect(one.refusedBadge).toHaveText('1 refused');
  await one.refusedBadge.click();
  await one.tray.getByRole('button', { name: /Booking/ }).click();
  const dialog = one.page.getByRole('alertdialog');
  await expect(dialog).toContainText('The check-in was not done either.');
  // Escape leaves the refusal in the tray.
  await one.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await one.tray.getByRole('button', { name: /Booking/ }).click();
  await dialog.getByRole('button', { name: 'Keep on the waitlist' }).click();
  await expect(one.tray).toContainText('Nothing is refused');
  await one.page.keyboard.press('Escape');
  await expect(one.refusedBadge).toHaveCount(0);

  const name = `Patient ${world.clinic.patients[0]}`;
  await two.page.getByRole('button', { name: /^Waitlist/ }).click();
  const waitlist = two.page.getByRole('complementary', { name: 'Waitlist' });
  await expect(waitlist).toContainText(name);
  await two.showDay(5);
  await waitlist.getByRole('button', { name: new RegExp(`^Book for ${name}`) }).click();
  await two.page.getByRole('button', { name: /^Book \d\d:\d\d with provider 1/ }).click();
  await two.expectVisit(0, /, booked$/);
  await expect(waitlist).toContainText('Nobody waits for a time.');
});

test('a discarded refusal is gone, and nothing was booked', async ({ openDesk }) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  await loseSlotOffline(one, two, 6, 9);
  await one.goOnline();
  await one.refusedBadge.click();
  await one.tray.getByRole('button', { name: /Booking/ }).click();
  await one.page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(one.tray).toContainText('Nothing is refused');
  await one.page.keyboard.press('Escape');
  await expect(one.refusedBadge).toHaveCount(0);
  await expect(one.visit(0)).toHaveCount(0);
});

test('offline, a slot that the desk knows to be taken is refused at once, with free times', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(7);
  await desk.book(0, 9, 0);
  await desk.expectVisit(0, /, booked$/);
  await desk.keepForOffline(1);
  await desk.goOffline();
  await desk.clickSlot(0, 9.75);
  await desk.choosePatient(1);
  await desk.page.getByRole('button', { name: 'Book 09:45 with provider 1' }).click();
  await desk.expectVisit(1, /^09:45 .*not confirmed yet$/);
  // The panel knows the same day as the desk, so it offers no button for an impossible booking.
  await desk.clickSlot(0, 8.75);
  await expect(desk.page.getByText('This does not fit:')).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await desk.goOnline();
  await desk.expectVisit(1, /^09:45 .*, booked$/);
});
