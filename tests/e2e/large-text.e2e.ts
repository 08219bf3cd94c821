import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { faultsOfText } from './text-faults.ts';
import { expect, test, type OpenDesk } from './world.ts';

/** The text size that a person sets in the browser or the system. The cards of the grid grow by the window's zoom instead. */
async function doubleText({ page }: OpenDesk): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
}

test('text of twice the size is whole and each control is within reach, on the day and in its panels', async ({
  world,
  openDesk,
}) => {
  const row = { status: 'arrived', arrived_at: new Date() };
  await insertRaw(world.admin, 'appointments', appointmentRow(world.clinic, (5 * 24 + 12) * 4, row));
  const desk = await openDesk('one');
  const { page } = desk;
  await doubleText(desk);
  await desk.showDay(5);
  await expect(desk.visit(0)).toHaveCount(1);
  expect(await faultsOfText(page)).toEqual([]);
  await page.keyboard.press('g');
  await expect(page.getByRole('dialog', { name: 'Choose a day' })).toBeVisible();
  expect(await faultsOfText(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(await faultsOfText(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await desk.clickSlot(0, 9);
  const field = page.getByRole('combobox', { name: 'Patient' });
  await expect(field).toBeFocused();
  expect(await faultsOfText(page)).toEqual([]);
  await field.fill('Patient');
  await expect(page.getByRole('option')).toHaveCount(7);
  expect(await faultsOfText(page)).toEqual([]);
  await page.getByRole('option', { name: /^New patient/ }).click();
  await page.getByRole('button', { name: /^Register and book/ }).press('Enter');
  await expect(page.getByText('Give the birth date.')).toBeVisible();
  expect(await faultsOfText(page)).toEqual([]);
});

test('text of twice the size is whole in a conflict, and each way out within reach', async ({ world, openDesk }) => {
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(6);
  const button = await desk.prepareBooking(0, 9, 0);
  await doubleText(desk);
  world.hooks = {
    async at(step) {
      if (step !== 'begun') return;
      world.hooks = {};
      const row = { patient_id: world.clinic.patients[1] };
      await insertRaw(world.admin, 'appointments', appointmentRow(world.clinic, (6 * 24 + 9) * 4, row));
    },
  };
  await button.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: '09:00 with provider 1 is not free' });
  await expect(dialog).toHaveAccessibleDescription(
    /You asked for .* Nothing was booked\. .*was taken at 09:00 by another/,
  );
  expect(await faultsOfText(page)).toEqual([]);
  await dialog
    .getByRole('button', { name: /^Book / })
    .first()
    .press('Enter');
  await expect(desk.visit(0)).toHaveAccessibleName(/, booked$/);
});

test('a window that is zoomed to twice its size shows the day whole', async ({ world, openDesk }) => {
  await insertRaw(world.admin, 'appointments', appointmentRow(world.clinic, (7 * 24 + 9) * 4));
  const desk = await openDesk('one');
  const { page } = desk;
  // The size of a window of 1280 × 800 pixels at 200 %.
  await page.setViewportSize({ width: 640, height: 400 });
  await desk.showDay(7);
  await expect(desk.visit(0)).toHaveCount(1);
  expect(await faultsOfText(page)).toEqual([]);
  await desk.visit(0).press('Enter');
  await expect(page.getByRole('dialog', { name: /, booked$/ })).toBeVisible();
  expect(await faultsOfText(page)).toEqual([]);
});
