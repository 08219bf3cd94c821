import type { Credentials } from '../../core/contract/session.ts';
import { makeFirstOrganization } from '../../server/host/first-organization.ts';
import type { SeedDatabase } from '../../server/host/stack.ts';
import { berlin } from './clinic-plan.ts';
import { demoUsers } from './demo-users.ts';
import { seedDemo } from './seed-demo.ts';

/** What a start puts into a database that has no organization, and how to sign in afterwards. */
export interface FirstContents {
  readonly seed: SeedDatabase;
  /** Lines for the terminal: who can sign in. */
  signIns(): readonly string[];
}

/**
 * The embedded database is for trying, so it gets the demo clinic. A database of one's own gets an organization with one
 * administrator: the demo's passwords are published, and its patients are invented, so it comes there only where it is asked for.
 */
export function firstContents(wants: { readonly demo: boolean; readonly isCentral: boolean }): FirstContents {
  return wants.demo || !wants.isCentral ? demo : realOrganization();
}

const demo: FirstContents = { seed: seedDemo, signIns: () => ['Sign in as one of:', ...table()] };

function realOrganization(): FirstContents {
  let made: Credentials | null = null;
  return {
    async seed({ adminDatabaseUrl }) {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      made = await makeFirstOrganization({ adminDatabaseUrl, timeZone, country: berlin.country });
    },
    signIns: () =>
      made
        ? [
            `Sign in as "${made.username}" with the password ${made.password}`,
            'It is shown until the administrator has signed in once. Write it down.',
          ]
        : ['Sign in as yourself. A forgotten password: npm run reset-password.'],
  };
}

/** The demo's people, a line each. */
function table(): string[] {
  const users = [
    ['role', 'user', 'password', 'site'],
    ...demoUsers.map((user) => [user.role, user.username, user.password, user.site]),
  ];
  const width = (column: number) => Math.max(...users.map((cells) => cells[column]?.length ?? 0));
  return users.map((cells) => `  ${cells.map((cell, column) => cell.padEnd(width(column))).join('  ')}`.trimEnd());
}
