import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { hash as hashPassword } from '@node-rs/argon2';
import type { Browser, Page } from '@playwright/test';
import postgres from 'postgres';

import { buildRenderer, rendererDir } from '../../../../build/build-renderer.ts';
import { quarterDuring } from '../../../../core/domain/time/quarter.ts';
import { addDays, dateAt, quarterFromWall } from '../../../../core/domain/time/zoned.ts';
import { migrate } from '../../../../db/pg/migrate.ts';
import { startBrowserShell } from '../../../../electron/browser/start-browser-shell.ts';
import { startEmbeddedPostgres } from '../../../../server/host/database/start-embedded-postgres.ts';
import { startServer } from '../../../../server/start-server.ts';
import { appointmentRow } from '../../../builders/appointment-row.ts';
import { makeClinic, type Clinic } from '../../../builders/clinic.ts';
import { openLink } from '../../../e2e/network-link.ts';

/** A zone without clock changes, so that a row of the grid is a fixed time whenever this runs. */
const timeZone = 'Asia/Kolkata';
const password = 'opens the benchmark';
const columnCount = 20;
const visitCount = 1000;
/** A column repeats this group: half an hour taken, two quarters taken, half an hour free. */
export const groupQuarters = 6;
const groups = 96 / groupQuarters;
/** Patients who have no visit yet. */
const newcomerCount = 200;

/** The real app: PostgreSQL, server, a desk's browser shell and its page, which shows a day of 1,000 visits. */
export interface BusyDesk {
  readonly page: Page;
  /** The providers, in the order of their columns from the left. */
  readonly columns: readonly string[];
  /** Patients without a visit on this day. */
  readonly newcomers: readonly string[];
  /** Cuts the desk's line to the server. By then the desk keeps the newcomers. */
  goOffline(): Promise<void>;
  /** Mends the line, and waits until every kept command is decided and its result taken in. */
  goOnline(): Promise<void>;
  /** Waits until every sent command has its answer: the server's verdict or, offline, the desk's word that it is kept. */
  answered(): Promise<void>;
}

export async function withBusyDesk(browser: Browser, fn: (desk: BusyDesk) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-gestures-'));
  const deskDir = await mkdtemp(path.join(tmpdir(), 'holdfast-gestures-desk-'));
  const database = await startEmbeddedPostgres({ dataDir, durable: false });
  const admin = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
  try {
    await buildRenderer();
    await migrate(database);
    const tomorrow = addDays(dateAt(quarterDuring(new Date().toISOString()), timeZone), 1);
    const clinic = await makeClinic(admin, {
      providers: columnCount,
      rooms: columnCount,
      patients: visitCount + newcomerCount,
      timeZone,
      opensAt: quarterFromWall(tomorrow, '00:00', timeZone),
      passwordHash: await hashPassword(password),
    });
    await admin`insert into appointments ${admin(visitsOf(clinic))}`;
    const server = await startServer({ databaseUrl: database.databaseUrl });
    const link = await openLink(server.url);
    const shell = await startBrowserShell({ serverUrl: link.url, dataDir: deskDir, rendererDir });
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    try {
      const page = await context.newPage();
      await page.goto(shell.url);
      await page.getByLabel('User name').fill(clinic.signInName);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Connection: Online' }).waitFor();
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/day/${clinic.siteId}/${tomorrow}`);
      await page.waitForFunction((count) => document.querySelectorAll('[data-visit]').length === count, visitCount);
      const columns = await page
        .locator('[data-resource]')
        .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-resource') ?? ''));
      const newcomers = clinic.patients.slice(visitCount);
      await keepOnDesk(page, newcomers);
      let isOffline = false;
      let kept = 0;
      const allDecided = async () =>
        void (await page.waitForFunction(() => document.querySelector('[data-tone="provisional"].visit') === null));
      await fn({
        page,
        columns,
        newcomers,
        async goOffline() {
          link.cut();
          isOffline = true;
          await page.getByRole('button', { name: /^Connection: Offline/ }).waitFor();
        },
        async goOnline() {
          link.mend();
          isOffline = false;
          kept = 0;
          await page.getByRole('button', { name: 'Connection: Online', exact: true }).waitFor();
          await allDecided();
        },
        async answered() {
          if (isOffline) await page.getByText(`${++kept} waiting`, { exact: true }).waitFor();
          else await allDecided();
        },
      });
    } finally {
      await context.close();
      await shell.close();
      await link.close();
      await server.close();
    }
  } finally {
    await admin.end();
    await database.stop();
    for (const folder of [deskDir, dataDir]) await rm(folder, { recursive: true, force: true });
  }
}

/** Waits until the days are read, and searches for these patients once, so that the desk finds them offline too. */
async function keepOnDesk(page: Page, patientIds: readonly string[]): Promise<void> {
  await page.waitForFunction(async () => {
    const answer = await window.desk?.call('readStatus', {});
    return answer?.ok === true && answer.value.reading === null;
  });
  await page.evaluate(async (ids) => {
    for (const id of ids) await window.desk?.call('searchPatients', { query: `Patient ${id}` });
  }, patientIds);
}

function visitsOf(clinic: Clinic) {
  const windows = Array.from({ length: groups }, (_, group) => [
    { start: group * groupQuarters, length: 2 },
    { start: group * groupQuarters + 2, length: 1 },
    { start: group * groupQuarters + 3, length: 1 },
    ...(group >= groups - 2 ? [{ start: group * groupQuarters + 4, length: 1 }] : []),
  ]).flat();
  return clinic.providers.flatMap((providerId, column) =>
    windows.map(({ start, length }, n) => {
      const { ends_at: endsAt } = appointmentRow(clinic, start + length - 2);
      return appointmentRow(clinic, start, {
        ends_at: endsAt,
        provider_id: providerId,
        patient_id: clinic.patients[column * windows.length + n],
        service_id: clinic.services.plain,
        room_id: null,
      });
    }),
  );
}
