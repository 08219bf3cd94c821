import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { expect, test } from './world.ts';

for (const [line, day] of [
  ['online', 1],
  ['offline', 2],
] as const) {
  test(`a booking, a move and a cancellation are taken back within ten seconds, ${line}`, async ({ openDesk }) => {
    const [one, two] = [await openDesk('one'), await openDesk('two')];
    const provisional = line === 'offline' ? ', not confirmed yet' : '';
    for (const desk of [one, two]) await desk.showDay(day);
    await one.book(1, 9, 1);
    await one.expectVisit(1, /, booked$/);
    await one.book(1, 11, 2);
    await one.expectVisit(2, /, booked$/);
    await one.keepForOffline(0);
    if (line === 'offline') await one.goOffline();

    await one.book(0, 9, 0);
    await one.expectVisit(0, new RegExp(`, booked${provisional}$`));
    await one.undoButton('Booked', 0).click();
    await expect(one.visit(0)).toHaveCount(0);

    await one.drag(1, 0, 10);
    await one.expectVisit(1, new RegExp(`^10:00 .*, booked${provisional}$`));
    await one.page.keyboard.press('z');
    await one.expectVisit(1, /^09:00 .*, booked$/);

    await one.choose(2, 'Cancel visit');
    await expect(one.undoButton('Cancelled', 2)).toBeVisible();
    await one.page.keyboard.press('Control+z');
    await one.expectVisit(2, /^11:00 .*, booked$/);

    if (line === 'offline') await one.goOnline();
    await expect(one.pill).not.toContainText('waiting');
    for (const desk of [one, two]) {
      await expect(desk.visit(0)).toHaveCount(0);
      await desk.expectVisit(1, /^09:00 .*, booked$/);
      await desk.expectVisit(2, /^11:00 .*, booked$/);
    }
    await expect(one.refusedBadge).toHaveCount(0);
  });
}

test('a command that is taken back offline stays back: the page never shows it once more', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(6);
  await desk.book(1, 9, 0);
  await desk.expectVisit(0, /, booked$/);
  await desk.keepForOffline();
  await desk.goOffline();
  // The page takes in events in quick succession with ever longer pauses.
  for (let round = 0; round < 4; round++) {
    await desk.drag(0, 0, 10);
    await desk.expectVisit(0, /^10:00 .*, not confirmed yet$/);
    const names = desk.visit(0).evaluate(namesUntilSettled);
    await desk.page.keyboard.press('z');
    const times = (await names).map((name) => name.slice(0, 5));
    expect(times.slice(times.indexOf('09:00'))).not.toContain('10:00');
    expect(times.at(-1)).toBe('09:00');
  }
});

/** Runs in the page: the name of this visit's cell frame by frame, until the name has been a confirmed one for a while. */
async function namesUntilSettled(cell: Element): Promise<string[]> {
  const patient = /Patient \S+/.exec(cell.getAttribute('aria-label') ?? '')?.[0] ?? '';
  const names: string[] = [];
  let since = 0;
  while (!names.at(-1)?.endsWith(', booked') || performance.now() < since + 500) {
    const name =
      document.querySelector(`[role="gridcell"][aria-label*="${patient}"]`)?.getAttribute('aria-label') ?? 'none';
    if (name !== names.at(-1)) {
      names.push(name);
      since = performance.now();
    }
    await new Promise(requestAnimationFrame);
  }
  return names;
}

test('a check-in is taken back, online and offline', async ({ openDesk, world }) => {
  const desk = await openDesk('one');
  const hour = Math.floor((quarterDuring(new Date().toISOString()) - world.clinic.opensAt) / 4) + 0.5;
  await desk.showDay(0);
  await desk.book(0, hour, 0);
  await desk.expectVisit(0, /, booked$/);
  await desk.choose(0, 'Check in');
  await desk.expectVisit(0, /, arrived$/);
  await desk.undoButton('Checked in', 0).click();
  await desk.expectVisit(0, /, booked$/);
  await desk.keepForOffline();
  await desk.goOffline();
  await desk.choose(0, 'Check in');
  await desk.expectVisit(0, /, arrived, not confirmed yet$/);
  await desk.page.keyboard.press('z');
  await desk.expectVisit(0, /, booked$/);
  await desk.goOnline();
  await expect(desk.pill).not.toContainText('waiting');
  await desk.expectVisit(0, /, booked$/);
});

test('two steps on one visit are taken back one after the other', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(3);
  await desk.book(0, 9, 0);
  await desk.expectVisit(0, /, booked$/);
  await desk.drag(0, 1, 10);
  await desk.expectVisit(0, /^10:00 .*, booked$/);
  await desk.choose(0, 'Cancel visit');
  await expect(desk.visit(0)).toHaveCount(0);
  await desk.page.keyboard.press('z');
  await desk.expectVisit(0, /^10:00 .*, booked$/);
  await desk.page.keyboard.press('z');
  await desk.expectVisit(0, /^09:00 .*, booked$/);
});

test('an undo of a visit that somebody changed meanwhile says so, and changes nothing', async ({ openDesk }) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  for (const desk of [one, two]) await desk.showDay(4);
  await one.book(0, 9, 0);
  await one.expectVisit(0, /, booked$/);
  await one.choose(0, 'Cancel visit');
  await expect(two.visit(0)).toHaveCount(0);
  await two.book(0, 9, 1);
  await one.expectVisit(1, /^09:00 .*, booked$/);
  await one.undoButton('Cancelled', 0).click();
  const dialog = one.page.getByRole('alertdialog');
  await expect(dialog).toContainText('This cannot be undone');
  await expect(dialog).toContainText('The visit stays cancelled.');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(one.refusedBadge).toHaveCount(0);
  await expect(one.visit(0)).toHaveCount(0);
});

test('the refusal of a command that was taken back is shown to nobody', async ({ world, openDesk }) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  for (const desk of [one, two]) await desk.showDay(5);
  await one.keepForOffline(0);
  // The cable breaks while the command is on its way, and the server never finishes the command.
  const begun = Promise.withResolvers<void>();
  const broken = Promise.withResolvers<void>();
  world.hooks = {
    async at(step) {
      if (step !== 'begun') return;
      begun.resolve();
      await broken.promise;
      throw new Error('the connection to the database is gone');
    },
  };
  await one.book(0, 9, 0);
  await begun.promise;
  await one.goOffline();
  world.hooks = {};
  broken.resolve();
  await one.expectVisit(0, /not confirmed yet$/);
  await one.page.keyboard.press('z');
  await two.book(0, 9, 1);
  await two.expectVisit(1, /, booked$/);

  await one.goOnline();
  await expect(one.pill).not.toContainText('waiting');
  await one.expectVisit(1, /^09:00 .*, booked$/);
  await expect(one.visit(0)).toHaveCount(0);
  await expect(one.refusedBadge).toHaveCount(0);
  await expect(one.page.getByRole('alertdialog')).toHaveCount(0);
  await expect(one.page.getByText('The server refused')).toHaveCount(0);
});
