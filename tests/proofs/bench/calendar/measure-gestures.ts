import { setTimeout as pause } from 'node:timers/promises';

import type { Browser, Page } from '@playwright/test';

import { groupQuarters, withBusyDesk, type BusyDesk } from './with-busy-desk.ts';

export const gestureKinds = ['book with the mouse', 'book with Enter', 'drop on another column'] as const;
const lines = ['online', 'offline'] as const;
type Line = (typeof lines)[number];
export type GestureName = `${(typeof gestureKinds)[number]}, ${Line}`;
export const gestures = lines.flatMap((line) => gestureKinds.map((kind): GestureName => `${kind}, ${line}`));

/** The time from a gesture's last input event to the visit on the screen. */
export interface GestureTiming {
  /** The frames that began after the event, up to the first that shows the visit. */
  readonly frames: number;
  /** From the event's own timestamp until that frame was painted. */
  readonly ms: number;
}

export type GestureRuns = Readonly<Record<GestureName, readonly GestureTiming[]>>;

const rowPx = 20;
/** The last half hour of every group of a column is free. */
const freeRow = 4;
const bookedColumns = 4;
/** The day has no more free half hours. */
const maxRounds = 24;

/** The rounds with one state of the line before the other state's turn. The first is a warm-up and not counted. */
const roundsPerTurn = 6;

/**
 * Books by mouse and by Enter, and drags to another column, in the real app: in turns with and without the desk's line to the
 * server, each on the other's columns. Each gesture is measured `rounds` times, as far as the day has room.
 */
export async function measureGestures(browser: Browser, rounds: number): Promise<GestureRuns> {
  const runs = Object.fromEntries(gestures.map((name) => [name, []])) as unknown as Record<
    GestureName,
    GestureTiming[]
  >;
  const turns = Math.min(Math.ceil(rounds / (roundsPerTurn - 1)), Math.floor(maxRounds / roundsPerTurn));
  await withBusyDesk(browser, async (desk) => {
    const patients = [...desk.newcomers];
    for (let turn = 0; turn < turns; turn++) {
      for (const [n, line] of lines.entries()) {
        if (line === 'offline') await desk.goOffline();
        for (let round = 0; round < roundsPerTurn; round++) {
          // Each gesture has its own free half hours: two columns for bookings, and one to drop on.
          const place = turn * roundsPerTurn + round;
          const half = (n + turn) % lines.length;
          const group = Math.floor(place / (bookedColumns / 2)) + 1;
          const column = half * 2 * bookedColumns + ((place * 2) % bookedColumns);
          const timings = [
            await book(desk, { column, group }, patients.pop() ?? '', 'mouse'),
            await book(desk, { column: column + 1, group }, patients.pop() ?? '', 'Enter'),
            await drop(desk, { from: bookedColumns + column, group }),
          ];
          if (round === 0) continue;
          for (const [at, kind] of gestureKinds.entries())
            runs[`${kind}, ${line}`].push(timings[at] ?? fail('no timing'));
        }
        if (line === 'offline') await desk.goOnline();
      }
    }
  });
  return runs;
}

async function book(
  { page, columns, answered }: BusyDesk,
  { column, group }: { readonly column: number; readonly group: number },
  patientId: string,
  by: 'mouse' | 'Enter',
): Promise<GestureTiming> {
  await show(page, columns[column] ?? '', group);
  const slot = await pointAt(page, columns[column] ?? '', group, freeRow);
  await page.mouse.click(slot.x, slot.y);
  await page.getByRole('combobox', { name: 'Patient' }).fill(`Patient ${patientId}`);
  await page.getByRole('option', { name: new RegExp(`^Patient ${patientId}`) }).click();
  const button = page.getByRole('button', { name: /^Book .* with provider/ });
  await button.waitFor();
  const timing = await watchNextVisit(page, columns[column] ?? '', by === 'mouse' ? 'pointerup' : 'keydown');
  if (by === 'mouse') await button.click();
  else await button.press('Enter');
  return settled(timing, answered);
}

/** Drags the visit before the free half hour to the free half hour of the next column. */
async function drop(
  { page, columns, answered }: BusyDesk,
  { from, group }: { readonly from: number; readonly group: number },
): Promise<GestureTiming> {
  const to = columns[from + 1] ?? '';
  await show(page, to, group);
  const start = await pointAt(page, columns[from] ?? '', group, freeRow - 1);
  const end = await pointAt(page, to, group, freeRow);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 12 });
  const timing = await watchNextVisit(page, to, 'pointerup');
  await page.mouse.up();
  return settled(timing, answered);
}

/** Scrolls until the whole group can be pointed at, with the column in the middle: at an edge a drag would scroll on. */
async function show(page: Page, resourceId: string, group: number): Promise<void> {
  await page.locator('[data-scroller]').evaluate(
    (element, { id, top }) => {
      element.querySelector(`[data-resource="${id}"]`)?.scrollIntoView({ inline: 'center' });
      element.scrollTo({ top });
    },
    { id: resourceId, top: (group - 1) * groupQuarters * rowPx },
  );
}

/** The middle of a row of a group. */
async function pointAt(page: Page, resourceId: string, group: number, rowOfGroup: number) {
  const row = group * groupQuarters + rowOfGroup;
  const box = await page.locator(`[data-resource="${resourceId}"] .column-body`).boundingBox();
  if (!box) throw new Error('the column is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + row * rowPx + rowPx / 2 };
}

/**
 * Counts frames from the next event of this type until the column holds one visit more. A frame shows the visit when the
 * visit exists at the frame's beginning. A visit that comes later within a frame counts with the next frame.
 */
async function watchNextVisit(page: Page, resourceId: string, type: string) {
  return page.evaluateHandle(
    ({ column, eventType }) => {
      const count = () => document.querySelectorAll(`[data-resource="${column}"] [data-visit]`).length;
      const before = count();
      const painted = new Promise<{ frames: number; ms: number }>((resolve, reject) => {
        const begin = (event: Event) => {
          let frames = 0;
          const next = () => {
            frames++;
            if (count() > before) {
              const { port1, port2 } = new MessageChannel();
              const done = () => resolve({ frames, ms: performance.now() - event.timeStamp });
              port1.addEventListener('message', done, { once: true });
              port1.start();
              port2.postMessage(null);
            } else if (frames < 600) requestAnimationFrame(next);
            else reject(new Error('the visit never came'));
          };
          requestAnimationFrame(next);
        };
        window.addEventListener(eventType, begin, { capture: true, once: true });
      });
      return { painted };
    },
    { column: resourceId, eventType: type },
  );
}

/** A person's next gesture comes no sooner than this. By then the page has taken in the desk's events about the last one. */
const pauseMs = 500;

/** Resolves with the timing when the command has its answer, so that the answer does not disturb the next gesture. */
async function settled(
  watched: Awaited<ReturnType<typeof watchNextVisit>>,
  answered: () => Promise<void>,
): Promise<GestureTiming> {
  const timing = await watched.evaluate(({ painted }) => painted);
  await answered();
  await pause(pauseMs);
  return timing;
}

function fail(why: string): never {
  throw new Error(why);
}
