import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { buildRenderer, rendererDir } from '../../../build/build-renderer.ts';
import { openDesk } from '../../../build/desk/open-desk.ts';
import { startStandIn } from '../../electron/stand-in-server.ts';

const register = path.resolve(import.meta.dirname, '../../electron/double/register.ts');

/** A folder with a program `electron`, which is a script that the test writes. */
async function scene(script: string) {
  await buildRenderer();
  const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-open-'));
  const server = await startStandIn();
  onTestFinished(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const dist = path.join(folder, 'dist');
  await mkdir(dist);
  await writeFile(path.join(dist, 'electron'), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(dist, 'electron'), 0o755);
  const open = (env: Record<string, string>, window = true) =>
    openDesk({
      given: { serverUrl: server.url, pairingCode: 'nordstern-K7QM-2XRA' },
      dataDir: folder,
      rendererDir,
      window,
      env: { PATH: process.env['PATH'], DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: dist, ...env },
    });
  return { open };
}

/** The double replaces Electron, and runs what `npm start` would give Electron to run. */
const doubled = `exec '${process.execPath}' --import '${register}' "$@"`;

it('the desk opens in Electron when its program is there, and closes with it', async () => {
  const { open } = await scene(doubled);
  const desk = await open({});
  expect(desk).toMatchObject({
    opened: true,
    url: undefined,
    shell: expect.stringMatching(/^Electron shell/) as string,
  });
  await desk.close();
  await desk.closedByHand;
}, 60_000);

it.each([
  ['exits at once, say for a missing library', 'exit 127', {}, /^browser shell; .*\(Electron ended \(127\)\)$/],
  ['is not wanted', doubled, { HOLDFAST_SHELL: 'browser' }, /^browser shell; .*\(as HOLDFAST_SHELL asks\)$/],
  ['has no display', doubled, { DISPLAY: '' }, /^browser shell; this machine has no display$/],
])('the desk opens in the browser shell where Electron %s, and says so', async (_case, script, env, shell) => {
  const { open } = await scene(script);
  // The browser's window is no part of this test, so a program that ends at once replaces it.
  const desk = await open({ PATH: '', HOLDFAST_BROWSER: '/bin/true', ...env });
  expect(desk.shell).toMatch(shell);
  expect(desk.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
  await desk.close();
});
