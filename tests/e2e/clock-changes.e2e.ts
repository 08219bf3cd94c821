import { hash as hashPassword } from '@node-rs/argon2';

import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { addDays, dateAt, dayBounds } from '../../core/domain/time/zoned.ts';
import { makeClinic } from '../builders/clinic.ts';
import { DeskPage, requireBox, rowPx } from './desk-page.ts';
import { expect, test } from './world.ts';

/** The next day from today on that has this many quarters in Berlin. */
function nextDayOf(quarters: number): string {
  const timeZone = 'Europe/Berlin';
  let date = dateAt(quarterDuring(new Date().toISOString()), timeZone);
  for (;;) {
    date = addDays(date, 1);
    const { start, end } = dayBounds(date, timeZone);
    if (end - start === quarters) return date;
  }
}

for (const { name, quarters, missing, twice, afternoonRow } of [
  { name: '23 hours', quarters: 92, missing: '02:00', twice: false, afternoonRow: 13 * 4 },
  { name: '25 hours', quarters: 100, missing: null, twice: true, afternoonRow: 15 * 4 },
]) {
  test(`the day of ${name} is drawn at its real length, and two in the afternoon is booked at its own row`, async ({
    world,
    openDesk,
  }) => {
    const date = nextDayOf(quarters);
    const { start } = dayBounds(date, 'Europe/Berlin');
    const password = 'opens the clinic of Berlin';
    const clinic = await makeClinic(world.admin, {
      timeZone: 'Europe/Berlin',
      opensAt: start,
      days: 2,
      passwordHash: await hashPassword(password),
    });
    const { page } = await openDesk('one');
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('User name').fill(clinic.signInName);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/day/${clinic.siteId}/${date}`);
    const column = page.locator(`[data-resource="${clinic.providers[0]}"] .column-body`);
    await expect(column).toHaveCSS('height', `${quarters * rowPx}px`);
    const heads = page.getByRole('columnheader');
    if (missing) await expect(heads.filter({ hasText: new RegExp(`^${missing}`) })).toHaveCount(0);
    await expect(page.getByRole('columnheader', { name: '02:00, second time' })).toHaveCount(twice ? 1 : 0);

    await page.locator('[data-scroller]').evaluate((element, top) => element.scrollTo({ top }), 50 * rowPx);
    const box = await requireBox(column);
    await page.mouse.click(box.x + 30, box.y + afternoonRow * rowPx + 5);
    await new DeskPage(page, clinic).choosePatient(0);
    await page.getByRole('button', { name: 'Book 14:00 with provider 1' }).click();
    const visit = page.getByRole('gridcell', { name: /^14:00 .*, booked$/ });
    await expect(visit).toBeVisible();
    const card = await requireBox(visit);
    expect(card.y - (await requireBox(column)).y).toBe(afternoonRow * rowPx + 1);
  });
}
