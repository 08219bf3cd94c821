import { violationsOf } from './violations.ts';
import { expect, test, type OpenDesk } from './world.ts';

/** A desk that lost a slot while it was offline, and the desk that won the slot. */
async function withRefusal(one: OpenDesk, two: OpenDesk, day: number): Promise<void> {
  for (const desk of [one, two]) await desk.showDay(day);
  await one.keepForOffline(0, 2);
  await one.goOffline();
  await two.book(0, 9, 1);
  await two.expectVisit(1, /, booked$/);
  await one.book(0, 9, 0);
  await one.expectVisit(0, /not confirmed yet$/);
  await one.goOnline();
  await expect(one.refusedBadge).toHaveText('1 refused');
}

/** The focus goes on there when the dialog over the tray, and the row that opened it, are gone. */
async function focusInTray(desk: OpenDesk): Promise<void> {
  await expect.poll(() => desk.tray.evaluate((tray) => tray.contains(document.activeElement))).toBe(true);
}

for (const [n, looks] of [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'active' },
].entries() as Iterable<[number, { colorScheme: 'light' | 'dark'; forcedColors: 'none' | 'active' }]>) {
  const name = looks.forcedColors === 'active' ? 'forced colours' : looks.colorScheme;
  test(`axe finds nothing on the tray, the conflict, the pill and the waitlist in ${name}`, async ({
    world,
    openDesk,
  }) => {
    test.slow();
    // "Server…" is an administrator's.
    await world.admin`update users set role = 'administrator' where user_id = ${world.clinic.userId}`;
    const [one, two] = [await openDesk('one'), await openDesk('two')];
    const { page } = one;
    await page.emulateMedia(looks);
    await withRefusal(one, two, n + 1);
    await one.refusedBadge.click();
    await expect(one.tray).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    await one.tray.getByRole('button', { name: /Booking/ }).click();
    await expect(page.getByRole('alertdialog').getByRole('button', { name: /^Book / })).toHaveCount(5);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep on the waitlist' }).click();
    await expect(one.tray).toContainText('Nothing is refused');
    await focusInTray(one);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Waitlist/ }).click();
    await expect(page.getByRole('complementary', { name: 'Waitlist' })).toContainText('Patient');
    expect(await violationsOf(page)).toEqual([]);

    await one.goOffline();
    await one.book(1, 9, 2);
    await expect(one.undoButton('Booked', 2)).toBeVisible();
    // The pill says how much waits, which a person who speaks to the screen says as it stands there.
    await expect(one.pill).toContainText('1 waiting');
    expect(await violationsOf(page)).toEqual([]);
    await one.pill.click();
    await expect(page.getByRole('dialog', { name: 'This desk and its server' })).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save a report for support' }).click();
    expect((await saving).suggestedFilename()).toMatch(/\.json$/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Server…' }).click();
    await expect(page.getByRole('dialog', { name: 'Server of this desk' })).toContainText('http://127.0.0.1');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await one.goOnline();
    await one.expectVisit(2, /, booked$/);
  });
}

test('the keyboard alone goes through the tray', async ({ openDesk }) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  const { page } = one;
  await withRefusal(one, two, 5);
  await page.keyboard.press('s');
  const details = page.getByRole('dialog', { name: 'This desk and its server' });
  await expect(details).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(details.getByRole('button', { name: /Look at it/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(one.tray.getByRole('button', { name: /Booking/ })).toBeFocused();
  await page.keyboard.press('Enter');
  const ways = page.getByRole('alertdialog').getByRole('button', { name: /^Book / });
  await expect(ways.first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(one.tray).toContainText('Nothing is refused');
  await focusInTray(one);
  await page.keyboard.press('Escape');
  await expect(one.tray).toBeHidden();
  await one.expectVisit(0, /, booked$/);
  await expect(page.locator(':focus')).toHaveCount(1);
});

test('the day sheet has a page for each provider, and marks what is not confirmed', async ({ openDesk }, testInfo) => {
  const desk = await openDesk('one');
  const { page } = desk;
  await desk.showDay(6);
  await desk.book(0, 9, 0);
  await desk.expectVisit(0, /, booked$/);
  await desk.book(1, 10, 1);
  await desk.expectVisit(1, /, booked$/);
  await desk.keepForOffline(2);
  await desk.goOffline();
  await desk.book(0, 11, 2);
  await desk.expectVisit(2, /not confirmed yet$/);

  const pdf = await page.pdf({ path: testInfo.outputPath('day-sheet.pdf'), format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
  // The page that the browser printed.
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.day-sheet section').filter({ has: page.getByRole('heading', { name: 'provider 1' }) });
  await expect(sheet.getByRole('row')).toHaveCount(3);
  await expect(sheet.getByRole('row', { name: /^11:00–11:30/ })).toContainText('not confirmed yet');
  await expect(sheet.getByRole('row', { name: /^09:00–09:30/ })).not.toContainText('not confirmed yet');
  await expect(sheet).toContainText('As of');
  await expect(page.getByRole('grid')).toBeHidden();
  await page.emulateMedia({ media: null });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(page.getByRole('grid')).toBeVisible();
  await desk.goOnline();
  await desk.expectVisit(2, /, booked$/);
});
