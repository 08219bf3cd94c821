import { describe, expect, it } from 'vitest';

import { rememberTogether } from '../../../server/sessions/remember-together.ts';

function remembering(known: readonly string[]) {
  const asked: (readonly string[])[] = [];
  let time = 0;
  const there = new Set(known);
  const load = async (keys: readonly string[]) => {
    asked.push(keys.toSorted());
    return new Map(keys.filter((key) => there.has(key)).map((key) => [key, `desk ${key}`]));
  };
  const memory = rememberTogether(load, { trustedMs: 3_000, latelyMs: 60_000, now: () => time });
  return { asked, there, memory, later: (milliseconds: number) => void (time += milliseconds) };
}

describe('looking up together', () => {
  it('trusts a result for a while', async () => {
    const { memory, asked, later } = remembering(['a']);
    expect(await memory.find('a')).toBe('desk a');
    later(2_999);
    expect(memory.knows('a')).toBe(true);
    expect(await memory.find('a')).toBe('desk a');
    expect(asked).toEqual([['a']]);
  });

  it('refreshes all recently used keys by one query when one of them has expired', async () => {
    const { memory, asked, later } = remembering(['a', 'b', 'c']);
    for (const key of ['a', 'b', 'c']) await memory.find(key);
    later(10_000);
    expect(await Promise.all(['b', 'a', 'c'].map((key) => memory.find(key)))).toEqual(['desk b', 'desk a', 'desk c']);
    expect(asked.slice(3)).toEqual([['a', 'b', 'c']]);
  });

  it('leaves out keys that were not used for long', async () => {
    const { memory, asked, later } = remembering(['a', 'b']);
    for (const key of ['a', 'b']) await memory.find(key);
    later(50_000);
    await memory.find('a');
    later(50_000);
    await memory.find('a');
    expect(asked.at(-1)).toEqual(['a']);
  });

  it('notices a key that was shut out, also when another key caused the query', async () => {
    const { memory, there, later } = remembering(['a', 'b']);
    for (const key of ['a', 'b']) await memory.find(key);
    there.delete('b');
    later(3_000);
    await memory.find('a');
    expect(await memory.find('b')).toBeNull();
    expect(memory.knows('b')).toBe(false);
  });

  it('remembers neither a failure nor an unknown key', async () => {
    const tries: string[] = [];
    const memory = rememberTogether<string>(
      async ([key = '']) => {
        tries.push(key);
        if (tries.length === 1) throw new Error('the database is away');
        return new Map();
      },
      { trustedMs: 3_000, latelyMs: 60_000 },
    );
    await expect(memory.find('a')).rejects.toThrow('away');
    expect(await memory.find('a')).toBeNull();
    expect(await memory.find('a')).toBeNull();
    expect(tries).toEqual(['a', 'a', 'a']);
  });
});
