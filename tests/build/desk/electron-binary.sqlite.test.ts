import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { findElectron, type Electron } from '../../../build/desk/electron-binary.ts';
import { sha256, startMirror, zipOf } from './mirror.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const nowhere = 'http://127.0.0.1:9/';

/** A copy of Electron's package and installer, so that no test sees what another one installed. */
async function scratchPackage() {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-electron-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const packageDir = path.join(folder, 'electron');
  const skip = (file: string) => !/electron[/\\](?:dist|path\.txt)/.test(file.slice(root.length));
  await cp(path.join(root, 'node_modules', 'electron'), packageDir, { recursive: true, filter: skip });
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const lines: string[] = [];
  const find = (env: Record<string, string>, more: { again?: boolean; silenceMs?: number } = {}): Promise<Electron> =>
    findElectron({
      env: { PATH: process.env['PATH'], electron_config_cache: path.join(folder, 'cache'), ...env },
      again: false,
      onProgress: (line) => lines.push(line),
      packageDir,
      workDir: path.join(folder, 'work'),
      ...more,
    });
  return { folder, packageDir, find, lines };
}

const whyOf = (electron: Electron) => (electron.kind === 'missing' ? electron.why : `there: ${electron.program}`);

describe('where Electron comes from', () => {
  it('is the package when its program is already there, without a request', async () => {
    const { packageDir, find, lines } = await scratchPackage();
    await mkdir(path.join(packageDir, 'dist'));
    await writeFile(path.join(packageDir, 'dist', 'electron'), '');
    await writeFile(path.join(packageDir, 'path.txt'), 'electron');
    expect(await find({ ELECTRON_MIRROR: nowhere })).toEqual({
      kind: 'there',
      program: path.join(packageDir, 'dist', 'electron'),
    });
    expect(lines).toEqual([]);
  });

  it('is the folder that ELECTRON_OVERRIDE_DIST_PATH names', async () => {
    const { folder, find } = await scratchPackage();
    await writeFile(path.join(folder, 'electron-own'), '');
    await mkdir(path.join(folder, 'own'));
    await writeFile(path.join(folder, 'own', 'electron'), '');
    const found = await find({ ELECTRON_OVERRIDE_DIST_PATH: path.join(folder, 'own'), ELECTRON_MIRROR: nowhere });
    expect(found).toEqual({ kind: 'there', program: path.join(folder, 'own', 'electron') });
  });

  it('is a mirror, whose zip is checked and unpacked', async () => {
    const { packageDir, find } = await scratchPackage();
    const { version } = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8')) as {
      version: string;
    };
    const zip = zipOf({ electron: '#!/bin/sh\n', version: `v${version}` });
    const { url } = await startMirror(({ url: asked = '' }, response) => {
      const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
      response.end(asked.endsWith('SHASUMS256.txt') ? `${sha256(zip)} *${name}\n` : zip);
    });
    const found = await find({ ELECTRON_MIRROR: url, electron_use_remote_checksums: '1' });
    expect(found).toEqual({ kind: 'there', program: path.join(packageDir, 'dist', 'electron') });
  });
});

describe('a try that fails', () => {
  it.each([
    ['a mirror that cannot be reached', () => Promise.resolve({ url: nowhere, asked: [] }), 'no connection'],
    [
      'a mirror that has no such file',
      () => startMirror((_request, response) => response.writeHead(404).end()),
      'Response code 404',
    ],
    [
      'garbage',
      () => startMirror((_request, response) => response.end('<html>Sign in to the hotel</html>')),
      'checksum',
    ],
    ['a mirror that hangs up', () => startMirror(({ socket }) => socket.destroy()), 'no connection'],
  ])('is remembered: %s', async (_case, start, why) => {
    const { find, lines } = await scratchPackage();
    const { url, asked } = await start();
    const first = await find({ ELECTRON_MIRROR: url });
    expect(whyOf(first)).toContain('Electron could not be downloaded');
    expect(whyOf(first)).toContain(why);
    const askedOnce = asked.length;
    const second = await find({ ELECTRON_MIRROR: url });
    expect(whyOf(second)).toBe(`${whyOf(first)}; HOLDFAST_SHELL=electron tries again`);
    expect([asked.length, lines.length]).toEqual([askedOnce, 1]);
  });

  it('is given up when nothing arrives, at the beginning or in the middle', async () => {
    const silent = await startMirror(() => undefined);
    const stalled = await startMirror((_request, response) => response.write('PK'));
    for (const { url, asked } of [silent, stalled]) {
      const { find } = await scratchPackage();
      expect(whyOf(await find({ ELECTRON_MIRROR: url }, { silenceMs: 1_500 }))).toMatch(/nothing came for \d+ s/);
      expect(asked).toHaveLength(1);
    }
  }, 30_000);

  it('is made again when asked for, and for another mirror', async () => {
    const { find } = await scratchPackage();
    const start = () => startMirror((_request, response) => response.writeHead(404).end());
    const [one, two] = [await start(), await start()];
    await find({ ELECTRON_MIRROR: one.url });
    await find({ ELECTRON_MIRROR: one.url }, { again: true });
    await find({ ELECTRON_MIRROR: two.url });
    expect([one.asked.length, two.asked.length]).toEqual([2, 1]);
  });

  it('leaves no file behind that a later start would take for Electron', async () => {
    const { packageDir, find } = await scratchPackage();
    const { url } = await startMirror((_request, response) => response.end('garbage'));
    await find({ ELECTRON_MIRROR: url });
    await expect(readFile(path.join(packageDir, 'path.txt'))).rejects.toThrow('ENOENT');
  });
});
