import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { hash as hashPassword } from '@node-rs/argon2';
import { test as base, expect } from '@playwright/test';
import postgres from 'postgres';

import { buildRenderer } from '../../build/build-renderer.ts';
import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { dateAt, quarterFromWall } from '../../core/domain/time/zoned.ts';
import { migrate } from '../../db/pg/migrate.ts';
import type { CommandHooks } from '../../server/commands/command-steps.ts';
import { startEmbeddedPostgres } from '../../server/host/database/start-embedded-postgres.ts';
import { startServer } from '../../server/start-server.ts';
import { makeClinic, type Clinic } from '../builders/clinic.ts';
import { findInconsistencies } from '../builders/inconsistencies.ts';
import { DeskPage, timeZone } from './desk-page.ts';
import { openLink, type NetworkLink } from './network-link.ts';
import { openShell, withStage, type OpenShell, type ShellName, type Stage } from './shells.ts';

export const password = 'opens the test clinic';

/** PostgreSQL and a server, shared by all tests of a worker. */
interface Ground {
  readonly admin: postgres.Sql;
  readonly serverUrl: string;
  /** The hooks of the server's transactions. A test sets them and takes them back. */
  hooks: CommandHooks;
  readonly passwordHash: string;
}

/** A clinic for one test alone, open day and night from today on, so that no test meets the visits of another. */
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
    let hooks: CommandHooks = {};
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
  // The setter of `hooks` must stay the shared one, so `ground` is inherited and not copied.
  return Object.create(ground, { clinic: { value: clinic } }) as World;
}

/** Changes a visit as somebody else, between a desk's last read and its next command. */
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

/** A desk in a test: a shell with its own store, its page, and its cable to the server. */
export class OpenDesk extends DeskPage {
  private readonly shell: OpenShell;
  private readonly link: NetworkLink;

  constructor(shell: OpenShell, link: NetworkLink, clinic: Clinic) {
    super(shell.page, clinic);
    this.shell = shell;
    this.link = link;
  }

  /** Cuts the desk's cable, and waits until the desk says that it is offline. */
  async goOffline(): Promise<void> {
    this.link.cut();
    await expect(this.pill).toContainText('Offline since');
  }

  async goOnline(): Promise<void> {
    this.link.mend();
    await expect(this.pill).toContainText('Online');
  }

  /** Kills the desk's process, and starts it again over the same store. */
  async killAndStart(): Promise<void> {
    await this.shell.kill();
    await this.shell.start();
    await expect(this.page.getByRole('grid')).toBeVisible();
  }
}

interface Fixtures {
  /** Opens a new desk and signs in. */
  readonly openDesk: (name: string, options?: { readonly hasOwnProcess?: boolean }) => Promise<OpenDesk>;
}

/** Each project of playwright.config.ts names its shell. The same tests run in both. */
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
    await use(async (name, { hasOwnProcess = false } = {}) => {
      const dataDir = await mkdtemp(path.join(tmpdir(), `holdfast-${name}-`));
      const link = await openLink(world.serverUrl);
      const opened = await openShell[shell]({
        stage,
        serverUrl: link.url,
        dataDir,
        hasOwnProcess,
        onFault: (text) => faults.push(`${name}: ${text}`),
      });
      const { page } = opened;
      closers.push(async () => {
        await opened.close();
        await link.close();
        await rm(dataDir, { recursive: true, force: true });
      });
      await page.getByLabel('User name').fill(world.clinic.signInName);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      const desk = new OpenDesk(opened, link, world.clinic);
      await expect(desk.pill).toContainText('Online');
      return desk;
    });
    world.hooks = {};
    for (const close of closers) await close();
    expect(faults, 'console errors and uncaught exceptions').toEqual([]);
    expect(await findInconsistencies(world.admin)).toEqual([]);
  },
});

export { expect };
