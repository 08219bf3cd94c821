import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium, type Browser, type Page } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';

import type { DayView } from '../../core/calendar/calendar.ts';
import { bookingFactsOf } from '../../core/calendar/facts.ts';
import type { Desk } from '../../core/contract/desk/calls.ts';
import { decideBook } from '../../core/domain/bookings/decide-book.ts';
import { instantOf, minutesPerQuarter, quarterDuring, quarterOf } from '../../core/domain/time/quarter.ts';
import { addDays, dateAt, dayBounds, weekdayOf } from '../../core/domain/time/zoned.ts';
import { startBrowserShell } from '../../electron/browser/start-browser-shell.ts';
import type { CommandHooks } from '../../server/commands/command-steps.ts';
import { makeProgress } from '../../server/host/progress.ts';
import { withStack } from '../../server/host/stack.ts';
import { startServer } from '../../server/start-server.ts';
import { signInDesk } from '../../tests/proofs/bench/desk-client.ts';
import { buildRenderer, rendererDir } from '../build-renderer.ts';
import { parseFlags, runCommand } from '../command-line.ts';
import { demoUsers } from '../demo/demo-users.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { browserFlags, findBrowser } from '../desk/find-browser.ts';

const rowPx = 20;
const root = path.resolve(import.meta.dirname, '../..');

/** Takes the pictures of the README in the running app, on fresh demo data. */
await runCommand(async () => {
  const flags = parseFlags('screenshots', { out: { type: 'string', default: path.join(root, 'docs/screenshots') } });
  await mkdir(flags.out, { recursive: true });
  await buildRenderer();
  await withStack({ seed: seedDemo, durable: false, progress: makeProgress() }, async (stack) => {
    const hooks: Studio['hooks'] = {};
    const server = await startServer({
      databaseUrl: stack.databaseUrl,
      hooks: { at: (...step) => hooks.at?.(...step) },
    });
    const executablePath = findBrowser(process.env);
    const browser = await chromium.launch({ args: browserFlags(), ...(executablePath ? { executablePath } : {}) });
    try {
      await takePictures({ browser, serverUrl: server.url, out: flags.out, hooks });
    } finally {
      await browser.close();
      await server.close();
    }
  });
  return 0;
});

interface Studio {
  readonly browser: Browser;
  readonly serverUrl: string;
  readonly out: string;
  readonly hooks: CommandHooks & { at?: NonNullable<CommandHooks['at']> };
}

async function takePictures(studio: Studio): Promise<void> {
  await withDesk(studio, { width: 1280, height: 800, colorScheme: 'light' }, async (page, view) => {
    await page.screenshot({ path: path.join(studio.out, 'day.png') });
    await takeConflict(studio, page, view);
  });
  await withDesk(studio, { width: 1920, height: 1080, colorScheme: 'dark' }, async (page) => {
    await page.screenshot({ path: path.join(studio.out, 'day-dark.png') });
  });
}

/** A desk with a signed-in person that shows the next Monday, when the clinic is full. */
async function withDesk(
  { browser, serverUrl }: Studio,
  look: { width: number; height: number; colorScheme: 'light' | 'dark' },
  fn: (page: Page, view: DayView) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-pictures-'));
  const shell = await startBrowserShell({ serverUrl, dataDir, rendererDir });
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colorScheme,
  });
  try {
    const page = await context.newPage();
    await page.goto(shell.url);
    const [receptionist] = demoUsers;
    if (!receptionist) throw new Error('the demo has no users');
    await page.getByLabel('User').fill(receptionist.username);
    await page.getByLabel('Password', { exact: true }).fill(receptionist.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('grid').waitFor();
    const view = await showMonday(page);
    await fn(page, view);
  } finally {
    await context.close();
    await shell.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function showMonday(page: Page): Promise<DayView> {
  const view = await page.evaluate(async () => {
    const described = await (window as unknown as Window & { desk: Desk }).desk.call('describe', {});
    if (!described.ok || !described.value.person) throw new Error('not signed in');
    const { homeSiteId, sites } = described.value.person;
    return { siteId: homeSiteId, timeZone: sites.find((site) => site.siteId === homeSiteId)?.timeZone ?? 'UTC' };
  });
  const today = dateAt(quarterDuring(new Date().toISOString()), view.timeZone);
  const monday = addDays(today, 8 - weekdayOf(today));
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/day/${view.siteId}/${monday}`);
  await page
    .getByRole('gridcell', { name: /booked/ })
    .first()
    .waitFor();
  return page.evaluate(
    async ({ siteId, date }) => {
      const answer = await (window as unknown as Window & { desk: Desk }).desk.call('readDay', { siteId, date });
      if (!answer.ok) throw new Error(answer.problem.detail);
      return answer.value.view;
    },
    { siteId: view.siteId, date: monday },
  );
}

/** Books a free slot at the desk while another desk is faster: the booking panel, then the conflict dialog. */
async function takeConflict({ serverUrl, hooks, out }: Studio, page: Page, view: DayView): Promise<void> {
  const [receptionist] = demoUsers;
  const rival = await signInDesk(serverUrl, receptionist?.username ?? '', receptionist?.password ?? '', 'other-desk');
  const wish = findFreeSlot(view);
  const [patient, rivalsPatient] = view.patients.filter(({ displayName }) =>
    /^[A-Z][a-zäöüß]+ [A-Z]/.test(displayName),
  );
  if (!patient || !rivalsPatient) throw new Error('nobody has a name that this script can type');

  const { start } = dayBounds(view.date, view.site.timeZone);
  const column = page.locator(`[data-resource="${wish.providerId}"] .column-body`);
  await page
    .locator('[data-scroller]')
    .evaluate((element, top) => element.scrollTo({ top }), (wish.start - start - 8) * rowPx);
  const box = await column.boundingBox();
  if (!box) throw new Error('the column is not on the screen');
  await page.mouse.click(box.x + box.width / 2, box.y + (wish.start - start) * rowPx + rowPx / 2);
  await page.getByRole('combobox', { name: 'Patient' }).fill(patient.displayName);
  await page
    .getByRole('option', { name: new RegExp(`^${patient.displayName}`) })
    .first()
    .click();
  const book = page.getByRole('button', { name: /^Book / });
  await book.waitFor();
  await page.screenshot({ path: path.join(out, 'booking.png') });

  hooks.at = async (step) => {
    if (step !== 'begun') return;
    delete hooks.at;
    const { start: at, end, ...asked } = wish;
    const durationMinutes = (end - at) * minutesPerQuarter;
    const body = { ...asked, patientId: rivalsPatient.patientId, scheduledStart: instantOf(at), durationMinutes };
    const { status } = await rival.book(rival.bookCommand(body));
    if (status !== 200) throw new Error(`the rival was answered ${status}`);
  };
  await book.click();
  await page.getByRole('alertdialog').waitFor();
  await page.screenshot({ path: path.join(out, 'conflict.png') });
}

/** A slot of Monday that is free with a provider and a room. */
function findFreeSlot(view: DayView) {
  const open = view.openRuns.filter(({ resourceId }) =>
    view.services.some(({ providerIds }) => providerIds.includes(resourceId)),
  );
  for (const run of open) {
    const service = view.services.find(
      ({ needsRoom, providerIds }) => needsRoom && providerIds.includes(run.resourceId),
    );
    const facts = service ? bookingFactsOf(view, service.serviceId, null) : null;
    if (!service || !facts) continue;
    for (let start = quarterOf(run.startsAt) + 4; start < quarterOf(run.endsAt); start++) {
      const request = {
        appointmentId: uuidv7(),
        siteId: view.site.siteId,
        patientId: null,
        serviceId: service.serviceId,
        providerId: run.resourceId,
        roomId: null,
        equipmentId: null,
        start,
        end: start + facts.service.durationQuarters,
      };
      if (decideBook(facts, request, start).ok) {
        const { appointmentId, siteId, serviceId, providerId, end } = request;
        return { appointmentId, siteId, serviceId, providerId, start, end };
      }
    }
  }
  throw new Error('Monday is full');
}
