import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { readImports, tallyImports } from '../../../build/checks/check-dependencies.ts';
import { root } from '../../../build/checks/run-tool.ts';

/** Files that are added to a copy of the project: together they break each kind of rule once. */
const faults: Readonly<Record<string, string>> = {
  // What the wrong imports lead to.
  'core/contract/upper.ts': 'export const upper = 1;\nexport type Upper = number;\n',
  'server/api/upper.ts': 'export type Upper = number;\n',
  'electron/desk/outbox/upper.ts': 'export type Upper = number;\n',
  'renderer/shell/upper.ts': 'export type Upper = number;\n',
  'build/commands/upper.ts': 'export type Upper = number;\n',
  'tests/e2e/upper.ts': 'export type Upper = number;\n',
  'tests/proofs/upper.ts': 'export type Upper = number;\n',
  // Against the direction by a type.
  'core/primitives/wrong.ts': "import type { Upper } from '../contract/upper.ts';\nexport type Wrong = Upper;\n",
  'server/problems/wrong.ts': "import type { Upper } from '../api/upper.ts';\nexport type Wrong = Upper;\n",
  'electron/desk/store/wrong.ts': "import type { Upper } from '../outbox/upper.ts';\nexport type Wrong = Upper;\n",
  'renderer/words/wrong.ts': "import type { Upper } from '../shell/upper.ts';\nexport type Wrong = Upper;\n",
  'build/desk/wrong.ts': "import type { Upper } from '../commands/upper.ts';\nexport type Wrong = Upper;\n",
  'tests/builders/wrong.ts': "import type { Upper } from '../e2e/upper.ts';\nexport type Wrong = Upper;\n",
  'tests/core/wrong.ts': "import type { Upper } from '../proofs/upper.ts';\nexport type Wrong = Upper;\n",
  // Against the direction by a value.
  'core/calendar/wrong.ts': "import { upper } from '../contract/upper.ts';\nexport const wrong = upper;\n",
  // From one part into another.
  'server/problems/elsewhere.ts':
    "import type { Upper } from '../../electron/desk/outbox/upper.ts';\nexport type Wrong = Upper;\n",
  // In a folder that is missing from the list of rooms.
  'renderer/attic/wrong.ts': "import type { Upper } from '../shell/upper.ts';\nexport type Wrong = Upper;\n",
  // Two files of one folder, in a circle of types.
  'server/limits/hen.ts': "import type { Egg } from './egg.ts';\nexport type Hen = { lays?: Egg };\n",
  'server/limits/egg.ts': "import type { Hen } from './hen.ts';\nexport type Egg = { of?: Hen };\n",
};

/** A copy of the project's sources with its rules, and with the files above. */
async function copyWithFaults(): Promise<string> {
  const project = await mkdtemp(path.join(tmpdir(), 'holdfast-imports-'));
  onTestFinished(() => rm(project, { recursive: true, force: true }));
  const parts = ['core', 'db', 'server', 'electron', 'renderer', 'build', 'tests'];
  for (const name of [...parts, '.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    await cp(path.join(root, name), path.join(project, name), { recursive: true });
  }
  await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'junction');
  for (const [file, text] of Object.entries(faults)) {
    await mkdir(path.dirname(path.join(project, file)), { recursive: true });
    await writeFile(path.join(project, file), text);
  }
  return project;
}

describe('the check of imports', () => {
  it('forbids each of these imports by its rule, and none that the project itself has', async () => {
    const imports = await readImports(await copyWithFaults());

    const found = imports?.forbidden.map(({ from, to, rule }) => `${from} → ${to}: ${rule}`);
    expect(found?.toSorted()).toEqual([
      'build/desk/wrong.ts → build/commands/upper.ts: direction-of-build-desk',
      'core/calendar/wrong.ts → core/contract/upper.ts: direction-of-core-calendar',
      'core/primitives/wrong.ts → core/contract/upper.ts: direction-of-core-primitives',
      'electron/desk/store/wrong.ts → electron/desk/outbox/upper.ts: direction-of-electron-desk-store',
      'renderer/attic/wrong.ts → renderer/shell/upper.ts: rooms-of-renderer',
      'renderer/words/wrong.ts → renderer/shell/upper.ts: direction-of-renderer-words',
      'server/limits/egg.ts → server/limits/hen.ts: no-cycles',
      'server/problems/elsewhere.ts → electron/desk/outbox/upper.ts: server-stands-alone',
      'server/problems/wrong.ts → server/api/upper.ts: direction-of-server-problems',
      'tests/builders/wrong.ts → tests/e2e/upper.ts: builders-know-the-harness-alone',
      'tests/core/wrong.ts → tests/proofs/upper.ts: proofs-are-on-top',
    ]);
    expect(imports?.unread).toEqual([]);

    const messageOf = (rule: string) => imports?.forbidden.find((each) => each.rule === rule)?.message;
    expect(messageOf('direction-of-server-problems')).toMatch(
      /^server\/problems imports only what lies below it: .*pass it as an argument\.$/,
    );
    expect(messageOf('rooms-of-renderer')).toMatch(/add it to the list at the top of \.dependency-cruiser\.cjs/);
    expect(messageOf('no-cycles')).toMatch(/in a circle/);
  });

  it.each([
    [
      'a forbidden import',
      { forbidden: [{ from: 'a.ts', to: 'b.ts', rule: 'r', message: '' }] },
      '1 forbidden imports, 0 of 3 files not read',
    ],
    ['a file that was not read', { filesRead: 2, unread: ['c.ts'] }, '0 forbidden imports, 1 of 3 files not read'],
    ['no files at all', { filesRead: 0 }, '0 forbidden imports, 0 of 0 files not read'],
  ])('counts %s as a failure', (_case, change, note) => {
    const sound = { forbidden: [], filesRead: 3, unread: [] };
    expect(tallyImports(sound)).toEqual({ passed: 1, failed: 0, notes: [] });
    expect(tallyImports({ ...sound, ...change })).toEqual({ passed: 0, failed: 1, notes: [note] });
  });

  it('counts a missing report as a failure', () => {
    expect(tallyImports(undefined).failed).toBe(1);
  });
});
