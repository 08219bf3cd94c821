import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { defaultDataDir, openDataFolder } from '../../../server/host/data-folder.ts';
import { holdInChild, makeScratchDir } from './database/scratch-cluster.ts';

describe('the data folder', () => {
  it('belongs to one process at a time, and is free again when that process is killed', async () => {
    const dir = await makeScratchDir();
    const other = await holdInChild('folder', dir);
    await expect(openDataFolder(dir)).rejects.toThrow(/already running on .*--data-dir/);
    await other.kill();
    const folder = await openDataFolder(dir);
    folder.release();
  });

  it('remembers settings across openings, and keeps those of a newer version', async () => {
    const dir = await makeScratchDir();
    await writeFile(path.join(dir, 'holdfast.json'), '{"product":"holdfast","ofLater":1}');
    const first = await openDataFolder(dir);
    await first.remember({ serverPort: 4711 });
    first.release();
    const second = await openDataFolder(dir);
    expect(second.state).toEqual({ product: 'holdfast', ofLater: 1, serverPort: 4711 });
    second.release();
  });

  it('refuses to use or to empty a folder with files of other programs', async () => {
    const dir = await makeScratchDir();
    const thesis = path.join(dir, 'thesis.txt');
    await writeFile(thesis, 'years of work');
    await expect(openDataFolder(dir, { fresh: true })).rejects.toThrow("not Holdfast's");
    expect(await readFile(thesis, 'utf8')).toBe('years of work');
  });

  it.each(['/proc/holdfast/data', '/dev/null/data', '/dev/null'])('refuses %s, where no folder can be', async (dir) => {
    await expect(openDataFolder(dir)).rejects.toThrow(/cannot be used \(\w+\)\. Choose another with --data-dir/);
  });

  it('empties a folder of its own when asked', async () => {
    const dir = await makeScratchDir();
    const first = await openDataFolder(dir);
    await first.remember({ serverPort: 4711 });
    first.release();
    const fresh = await openDataFolder(dir, { fresh: true });
    expect(fresh.state).toEqual({ product: 'holdfast' });
    fresh.release();
  });

  it('lies where the platform keeps application data', () => {
    expect(defaultDataDir({ XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/holdfast');
    expect(defaultDataDir({ XDG_DATA_HOME: 'relative' }, 'linux')).toMatch(/\/\.local\/share\/holdfast$/);
    expect(defaultDataDir({}, 'darwin')).toMatch(/Library\/Application Support\/Holdfast$/);
    expect(defaultDataDir({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/Holdfast');
  });
});
