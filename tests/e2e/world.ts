import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { hash as hashPassword } from '@node-rs/argon2';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import postgres from 'postgres';

import { buildRenderer } from '../../build/build-renderer.ts';
import { startEmbeddedPostgres } from '../../build/database/start-embedded-postgres.ts';
import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { addDays, dateAt, quarterFromWall } from '../../core/domain/time/zoned.ts';
import { migrate } from '../../db/pg/migrate.ts';
import type { SerializableHooks } from '../../db/pg/with-serializable.ts';
import { startServer } from '../../server/start-server.ts';
import { makeClinic, type Clinic } from '../builders/clinic.ts';
import { findInconsistencies } from '../builders/inconsistencies.ts';
import { openShell, withStage, type ShellName, type Stage } from './shells.ts';

/** No clock changes, so that a row of the grid is a fixed time whenever the tests run. */
const timeZone = 'Asia/Kolkata';
export const password = 'opens the test clinic';
const rowPx = 20;

/** PostgreSQL and a server: one for all tests of a worker. */
interface Ground {
  readonly admin: postgres.Sql;
  readonly serverUrl: string;
  /** What the server's transactions meet; a test sets it and takes it back. */
  hooks: SerializableHooks;
  readonly passwordHash: string;
}

/** A clinic that is open day and night from today on, of one test alone: no test meets the visits of another. */
interface World extends Ground {
  readonly clinic: Clinic;
}

async function withGround(use: (ground: Ground) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-e2e-'));
  const database = await startEmbeddedPostgres({ dataDir, durable: false });
  const admin = postgres(database.adminDatabaseUrl, { max: 2, onnotice: () => {} });
  try {
    await buildRenderer();
    await migrate(database);
    let hooks: SerializableHooks = {};
    const server = await startServer({
      databaseUrl: database.databaseUrl,
      hooks: {
        at: (...step) => hooks.at?.(...step),
        retried: (...retry) => hooks.retried?.(...retry),
      },
    });
    try {
      await use({
        admin,
        serverUrl: server.url,
        passwordHash: await hashPassword(password),
        get hooks() {
          return hooks;
        },
        set hooks(next) {
          hooks = next;
        },
      });
    } finally {
      await server.close();
    }
  } finally {
    await admin.end();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function openClinic(ground: Ground): Promise<World> {
  const today = dateAt(quarterDuring(new Date().toISOString()), timeZone);
  const clinic = await makeClinic(ground.admin, {
    providers: 3,
    rooms: 3,
    patients: 6,
    days: 12,
    timeZone,
    opensAt: quarterFromWall(today, '00:00', timeZone),
    passwordHash: ground.passwordHash,
  });
  // The setter of `hooks` is the server's: it is inherited, not copied.
  return Object.create(ground, { clinic: { value: clinic } }) as World;
}

/** Somebody else's change of a visit, between what a desk has read and what it sends next. */
export function arriveBehindTheDesk(world: World, appointmentId: string): void {
  world.hooks = {
    async at(step, attempt) {
      if (step !== 'begun' || attempt > 1) return;
      world.hooks = {};
      await world.admin`update appointments set version = version + 1, status = 'arrived', arrived_at = now()
        where org_id = ${world.clinic.orgId} and appointment_id = ${appointmentId}`;
    },
  };
}

/** One desk: a shell with a store of its own, and its page. */
export class DeskPage {
  readonly page: Page;
  private readonly clinic: Clinic;

  constructor(page: Page, clinic: Clinic) {
    this.page = page;
    this.clinic = clinic;
  }

  /** The day that is `dayOffset` days from today. */
  async showDay(dayOffset: number): Promise<void> {
    const date = addDays(dateAt(this.clinic.opensAt, timeZone), dayOffset);
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, `#/day/${this.clinic.siteId}/${date}`);
    await expect(this.page.getByRole('grid')).toBeVisible();
    await expect(this.page.getByRole('rowheader')).toHaveCount(this.clinic.providers.length);
  }

  column(provider: number): Locator {
    return this.page.locator(`[data-resource="${this.clinic.providers[provider]}"] .column-body`);
  }

  /** A point in the column of a provider, in the middle of the quarter that begins at this hour. */
  async pointAt(provider: number, hour: number): Promise<{ x: number; y: number }> {
    const column = this.column(provider);
    const scroller = this.page.locator('[data-scroller]');
    await scroller.evaluate((element, top) => element.scrollTo({ top }), (hour - 2) * 4 * rowPx);
    const box = await column.boundingBox();
    if (!box) throw new Error('the column is not on the screen');
    return { x: box.x + box.width / 2, y: box.y + hour * 4 * rowPx + rowPx / 2 };
  }

  /** Where a visit is picked up: away from its edges, which resize it. */
  async gripOf(patient: number): Promise<{ x: number; y: number }> {
    const box = await this.visit(patient).boundingBox();
    if (!box) throw new Error('the visit is not on the screen');
    return { x: box.x + 20, y: box.y + rowPx / 2 };
  }

  async clickSlot(provider: number, hour: number): Promise<void> {
    const { x, y } = await this.pointAt(provider, hour);
    await this.page.mouse.click(x, y);
  }

  async choosePatient(patient: number): Promise<void> {
    const name = `Patient ${this.clinic.patients[patient]}`;
    await this.page.getByRole('combobox', { name: 'Patient' }).fill(name);
    await this.page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
  }

  /** Fills the booking panel for this slot, up to its last button. */
  async prepareBooking(provider: number, hour: number, patient: number): Promise<Locator> {
    await this.clickSlot(provider, hour);
    await this.choosePatient(patient);
    const clock = `${String(Math.floor(hour)).padStart(2, '0')}:${String((hour % 1) * 60).padStart(2, '0')}`;
    const button = this.page.getByRole('button', { name: `Book ${clock} with provider ${provider + 1}` });
    await expect(button).toBeEnabled();
    return button;
  }

  visit(patient: number): Locator {
    return this.page.getByRole('gridcell', { name: new RegExp(`Patient ${this.clinic.patients[patient]}`) });
  }
}

interface Fixtures {
  /** Opens a desk of its own and signs in. */
  readonly openDesk: (name: string) => Promise<DeskPage>;
}

/** Each project of playwright.config.ts names its shell: the same tests run in both. */
export interface ShellOption {
  readonly shell: ShellName;
}

export const test = base.extend<Fixtures & { world: World }, ShellOption & { ground: Ground; stage: Stage }>({
  shell: ['browser', { option: true, scope: 'worker' }],
  stage: [({ shell, browser }, use) => withStage(shell, browser, use), { scope: 'worker' }],
  ground: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      await withGround(use);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  world: async ({ ground }, use) => {
    await use(await openClinic(ground));
  },
  openDesk: async ({ world, stage, shell }, use) => {
    const closers: (() => Promise<void>)[] = [];
    const faults: string[] = [];
    await use(async (name) => {
      const dataDir = await mkdtemp(path.join(tmpdir(), `holdfast-${name}-`));
      const { page, close } = await openShell[shell]({
        stage,
        serverUrl: world.serverUrl,
        dataDir,
        onFault: (text) => faults.push(`${name}: ${text}`),
      });
      closers.push(async () => {
        await close();
        await rm(dataDir, { recursive: true, force: true });
      });
      await page.getByLabel('User').fill(world.clinic.username);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByText('Online')).toBeVisible();
      return new DeskPage(page, world.clinic);
    });
    world.hooks = {};
    for (const close of closers) await close();
    expect(faults, 'console errors and uncaught exceptions').toEqual([]);
    expect(await findInconsistencies(world.admin)).toEqual([]);
  },
});

export { expect };
