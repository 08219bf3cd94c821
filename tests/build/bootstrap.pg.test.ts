import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { describe, expect, it, onTestFinished } from 'vitest';

import { makeScratchDir } from '../server/host/database/scratch-cluster.ts';

const bootstrap = path.resolve(import.meta.dirname, '../../build/bootstrap.mjs');

/** A program that prints a line, and ends with 7 when it is told to stop, however often. */
const patientCommand = `
process.on('SIGINT', () => console.log('told'));
process.on('SIGTERM', () => { console.log('told'); setTimeout(() => process.exit(7), 50); });
process.on('disconnect', () => process.exit(8));
console.log('started on', process.version, ...process.argv.slice(2));
`;

/** A clone with one dependency, a local package that brings `node`: npm installs it without a network. */
async function makeClone(): Promise<string> {
  const dir = await makeScratchDir();
  const put = async (file: string, content: unknown, mode = 0o644) => {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), typeof content === 'string' ? content : JSON.stringify(content), { mode });
  };
  await put('runtime/package.json', { name: 'runtime', version: '1.0.0', bin: { node: 'node.sh' } });
  await put('runtime/node.sh', `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, 0o755);
  const dependencies = { runtime: 'file:runtime' };
  await put('package.json', { name: 'clone', version: '1.0.0', dependencies });
  await put('package-lock.json', {
    name: 'clone',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: {
      '': { name: 'clone', version: '1.0.0', dependencies },
      'node_modules/runtime': { resolved: 'runtime', link: true },
      runtime: { version: '1.0.0', bin: { node: 'node.sh' } },
    },
  });
  await put('build/commands/start.ts', patientCommand);
  await copyFile(bootstrap, path.join(dir, 'build', 'bootstrap.mjs'));
  return dir;
}

function run(dir: string, ...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, [path.join(dir, 'build', 'bootstrap.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output: string[] = [];
  let started = () => {};
  const ready = new Promise<void>((resolve) => (started = resolve));
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface(stream).on('line', (line) => {
      output.push(line);
      if (line.startsWith('started')) started();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, output, ready, ended };
}

describe('bootstrap', () => {
  it('installs once, hands over with the arguments, forwards a signal once and ends as the command ends', async () => {
    const dir = await makeClone();
    const first = run(dir, 'start', '--port', '1');
    await first.ready;
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(7);
    expect(first.output.filter((line) => line === 'told')).toHaveLength(1);
    expect(first.output.at(-2)).toBe(`started on ${process.version} --port 1`);
    expect(first.output[0]).toMatch(/^Installing/);

    const second = run(dir, 'start');
    await second.ready;
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(7);
    expect(second.output).toEqual([`started on ${process.version}`, 'told']);
  });

  it('installs again when package-lock.json changed', async () => {
    const dir = await makeClone();
    const stop = async (started: ReturnType<typeof run>) => {
      await started.ready;
      started.child.kill('SIGTERM');
      await started.ended;
      return started.output;
    };
    await stop(run(dir, 'start'));
    const file = path.join(dir, 'package-lock.json');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('1.0.0', '1.0.1'));
    await writeFile(
      path.join(dir, 'package.json'),
      JSON.stringify({ name: 'clone', version: '1.0.1', dependencies: { runtime: 'file:runtime' } }),
    );
    expect((await stop(run(dir, 'start')))[0]).toMatch(/^Installing/);
  });

  it('lets two first starts at once install once', async () => {
    const dir = await makeClone();
    const both = [run(dir, 'start'), run(dir, 'start')];
    await Promise.all(both.map((each) => each.ready));
    for (const each of both) each.child.kill('SIGTERM');
    expect(await Promise.all(both.map((each) => each.ended))).toEqual([7, 7]);
    const lines = both.flatMap((each) => each.output);
    expect(lines.filter((line) => line.startsWith('Installing'))).toHaveLength(1);
    expect(existsSync(path.join(dir, 'out', 'install.lock'))).toBe(false);
  });

  it('takes over the lock of an installer that was killed', async () => {
    const dir = await makeClone();
    await mkdir(path.join(dir, 'out', 'install.lock'), { recursive: true });
    await writeFile(path.join(dir, 'out', 'install.lock', 'pid'), '4194303');
    const start = run(dir, 'start');
    await start.ready;
    start.child.kill('SIGTERM');
    expect(await start.ended).toBe(7);
  });

  it('says in one line when npm cannot install', async () => {
    const dir = await makeClone();
    await rm(path.join(dir, 'runtime'), { recursive: true });
    await writeFile(path.join(dir, 'package.json'), '{ damaged');
    const start = run(dir, 'start');
    expect(await start.ended).toBe(1);
    expect(start.output.at(-1)).toMatch(/npm could not install .* run the same command again\.$/);
  });

  it('tells the command when it was killed itself', async () => {
    const dir = await makeClone();
    const start = run(dir, 'start');
    await start.ready;
    start.child.kill('SIGKILL');
    // The pipes close only when the orphaned command has ended too.
    await start.ended;
    expect(start.output.at(-1)).toMatch(/^started/);
  });

  it('lists the commands when asked for an unknown one', async () => {
    const start = run(await makeClone(), 'begin');
    expect(await start.ended).toBe(2);
    expect(start.output[0]).toBe('There is no command "begin". There are:');
    expect(start.output.join('\n')).toContain('npm run start');
  });
});
