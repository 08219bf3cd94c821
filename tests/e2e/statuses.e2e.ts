import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { expect, test } from './world.ts';

/** Quarters from the clinic's opening until now. */
const untilNow = (opensAt: number) => quarterDuring(new Date().toISOString()) - opensAt;

test('Check in, With provider, Done: one tap each on the card, and each is undone', async ({ world, openDesk }) => {
  const { clinic, admin } = world;
  await insertRaw(admin, 'appointments', appointmentRow(clinic, untilNow(clinic.opensAt) + 2));
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(0);
  const people = page.getByRole('complementary', { name: 'People' });
  const tap = async (name: string) => {
    await desk.visit(0).hover();
    await desk.visit(0).getByRole('button', { name, exact: true }).click();
  };

  await expect(people.getByRole('heading', { name: 'Expected 1' })).toBeVisible();
  // The second click of a double click meets the next button in the same place, and does nothing.
  await desk.visit(0).hover();
  await desk.visit(0).getByRole('button', { name: 'Check in' }).dblclick();
  await desk.expectVisit(0, /, arrived$/);
  await expect(people.getByRole('heading', { name: 'Waiting 1' })).toBeVisible();
  await desk.undoButton('Checked in', 0).click();
  await desk.expectVisit(0, /, booked$/);

  await tap('Check in');
  await desk.expectVisit(0, /, arrived$/);
  await tap('With provider');
  await desk.expectVisit(0, /, with provider$/);
  await expect(people.getByText('With provider 1')).toBeVisible();
  await desk.undoButton('With provider', 0).click();
  await desk.expectVisit(0, /, arrived$/);

  await tap('With provider');
  await desk.expectVisit(0, /, with provider$/);
  await tap('Done');
  await desk.expectVisit(0, /, done$/);
  await expect(people.getByText('Done 1')).toBeVisible();
  await desk.undoButton('Done', 0).click();
  await desk.expectVisit(0, /, with provider$/);

  // Long after the ten seconds the panel has the ways back.
  await desk.choose(0, 'Done');
  await desk.expectVisit(0, /, done$/);
  await desk.choose(0, 'Not done yet');
  await desk.expectVisit(0, /, with provider$/);
  await desk.choose(0, 'Back to waiting');
  await desk.expectVisit(0, /, arrived$/);
  await desk.choose(0, 'Take check-in back');
  await desk.expectVisit(0, /, booked$/);
  await expect(people.getByRole('heading', { name: 'Expected 1' })).toBeVisible();
});

test('a patient who did not come is noted once the visit has begun, by a key that asks, and comes after all', async ({
  world,
  openDesk,
}) => {
  const { clinic, admin } = world;
  const now = untilNow(clinic.opensAt);
  await insertRaw(admin, 'appointments', appointmentRow(clinic, now));
  const later = { patient_id: clinic.patients[1], provider_id: clinic.providers[1], room_id: clinic.rooms[1] };
  await insertRaw(admin, 'appointments', appointmentRow(clinic, now + 2, later));
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(0);
  const panel = page.getByRole('dialog');
  const missed = panel.getByRole('button', { name: 'Did not come' });

  await desk.visit(1).click();
  await expect(panel.getByRole('button', { name: 'Check in' })).toBeVisible();
  await expect(missed).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(desk.visit(1)).toBeFocused();
  await page.keyboard.press('x');
  await expect(page.getByText('This visit has not begun', { exact: true })).toBeVisible();
  await expect(panel).toHaveCount(0);

  await desk.visit(0).focus();
  await page.keyboard.press('x');
  await expect(missed).toBeFocused();
  await page.keyboard.press('Enter');
  await desk.expectVisit(0, /, did not come$/);
  await expect(page.getByRole('complementary', { name: 'People' }).getByText('Did not come 1')).toBeVisible();
  await desk.undoButton('Did not come', 0).click();
  await desk.expectVisit(0, /, booked$/);

  await desk.choose(0, 'Did not come');
  await desk.expectVisit(0, /, did not come$/);
  await desk.choose(0, 'Came after all');
  await desk.expectVisit(0, /, booked$/);
});

test('nobody arrives for a visit of another day, and offline neither', async ({ world, openDesk }) => {
  const { clinic, admin } = world;
  await insertRaw(admin, 'appointments', appointmentRow(clinic, (2 * 24 + 9) * 4));
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(2);
  const expectNoArrival = async () => {
    await desk.visit(0).hover();
    await expect(desk.visit(0).getByRole('button')).toHaveCount(0);
    await desk.visit(0).focus();
    await page.keyboard.press('c');
    await expect(page.getByText('This visit is on another day', { exact: true })).toBeVisible();
    await desk.visit(0).click();
    const panel = page.getByRole('dialog');
    await expect(panel.getByRole('button', { name: 'Cancel visit' })).toBeVisible();
    for (const name of ['Check in', 'With provider', 'Did not come']) {
      await expect(panel.getByRole('button', { name, exact: true })).toHaveCount(0);
    }
    await page.keyboard.press('Escape');
    await desk.expectVisit(0, /, booked$/);
  };
  await expectNoArrival();
  await desk.keepForOffline();
  await desk.goOffline();
  await expectNoArrival();
});
