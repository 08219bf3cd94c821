import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { buildOnce, root } from '../../build/build-once.ts';

async function scratchSources() {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-build-once-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sources = path.join(folder, 'sources');
  await mkdir(path.join(sources, 'deep'), { recursive: true });
  const outDir = path.join(folder, 'out');
  const write = (name: string, text: string) => writeFile(path.join(sources, name), text);
  await write('one.ts', '1');
  await write('deep/two.ts', '2');
  const build = () =>
    buildOnce({
      outDir,
      sources: [path.relative(root, sources)],
      async build(next) {
        await mkdir(next);
        await writeFile(path.join(next, 'built.js'), await readFile(path.join(sources, 'deep/two.ts')));
      },
    });
  return { sources, outDir, write, build };
}

test('builds once, and again only after a source was changed, added or removed', async () => {
  const { sources, outDir, write, build } = await scratchSources();
  expect(await build()).toBe('built');
  expect(await build()).toBe('up to date');

  await write('deep/two.ts', 'other');
  expect(await build()).toBe('built');
  expect(await readFile(path.join(outDir, 'built.js'), 'utf8')).toBe('other');
  expect(await build()).toBe('up to date');

  await write('three.ts', '');
  expect(await build()).toBe('built');
  await rm(path.join(sources, 'three.ts'));
  expect(await build()).toBe('built');
  expect(await build()).toBe('up to date');
});

test('builds for production also under a test runner', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-build-once-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const before = process.env['NODE_ENV'];
  expect(before).not.toBe('production');
  let during: string | undefined;
  await buildOnce({
    outDir: path.join(folder, 'out'),
    sources: ['package.json'],
    async build(next) {
      during = process.env['NODE_ENV'];
      await mkdir(next);
    },
  });
  expect(during).toBe('production');
  expect(process.env['NODE_ENV']).toBe(before);
});

test('builds again when a source was written at another time, with the same length', async () => {
  const { sources, write, build } = await scratchSources();
  await build();
  await write('one.ts', '7');
  await utimes(path.join(sources, 'one.ts'), new Date(), new Date('2026-01-01T00:00:00Z'));
  expect(await build()).toBe('built');
});
