import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { root } from '../../build/checks/run-tool.ts';

const parts = ['core', 'db', 'server', 'electron', 'renderer', 'build', 'tests', 'docs'];
const docs = ['*.md', 'docs/*.md', 'docs/adding/*.md', 'tests/README.md'].flatMap((pattern) =>
  globSync(pattern, { cwd: root }),
);
const files = globSync(['*', '.*.*', `{${parts.join(',')}}/**/*`], { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
);

/** `tests/{a,b}/c.ts` stands for two files. */
function spread(name: string): string[] {
  const braces = /\{([^{}]*)\}/.exec(name);
  if (!braces) return [name];
  return (braces[1] ?? '').split(',').flatMap((one) => spread(name.replace(braces[0], one)));
}

/** Names in backticks that are paths from a part of the project, or that end as a source file does. */
function namedInBackticks(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
  const spans = [...prose.matchAll(/`([^`\s]+)`/g)].map(([, span]) => span ?? '');
  return spans
    .filter((span) => /^[\w./{},*-]+$/.test(span))
    .filter((span) => parts.includes(span.split('/')[0] ?? '') || /\.(?:tsx?|[mc]js|sql|md|css)$/.test(span))
    .flatMap(spread);
}

function namedInLinks(markdown: string): string[] {
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  return targets.filter((target) => !/^(?:[a-z]+:|#)/.test(target)).map((target) => target.replace(/#.*$/, ''));
}

/** The names in a document that no file or folder has. In backticks the end of a path is enough, or a suffix. */
function missingFrom(doc: string, markdown: string): string[] {
  const links = namedInLinks(markdown).filter((target) => !existsSync(path.join(root, path.dirname(doc), target)));
  const spans = namedInBackticks(markdown).filter((name) => {
    const end = name.replace(/\/$/, '');
    if (end.includes('*')) return globSync(end, { cwd: root }).length === 0;
    return !files.some((file) => file === end || file.endsWith(end.startsWith('.') ? end : `/${end}`));
  });
  return [...links, ...spans];
}

describe('the files that the documents name', () => {
  it('are looked for in all documents for people who change the code', () => {
    expect(docs).toEqual(
      expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'tests/README.md']),
    );
  });

  it.each(docs)('in %s are there', (doc) => {
    expect(missingFrom(doc, readFileSync(path.join(root, doc), 'utf8'))).toEqual([]);
  });

  it.each([
    ['a file in backticks', 'see `server/nowhere.ts`', ['server/nowhere.ts']],
    ['a folder in backticks', 'see `server/nowhere`', ['server/nowhere']],
    ['the end of a path', 'see `nowhere.ts` and `run-tool.ts`', ['nowhere.ts']],
    ['one of several in braces', 'see `build/checks/{run-tool,nowhere}.ts`', ['build/checks/nowhere.ts']],
    ['a pattern without a match', 'see `build/*.nowhere` and `build/checks/*.ts`', ['build/*.nowhere']],
    [
      'the target of a link',
      '[here](nowhere.md), [there](shells.md#a), [away](https://holdfast.example/)',
      ['nowhere.md'],
    ],
  ])('are missed: %s', (_case, markdown, missing) => {
    expect(missingFrom('docs/architecture.md', markdown)).toEqual(missing);
  });

  it('are no names of things: `npm start`, `window.desk`, `desk.json`, `40001`', () => {
    expect(
      missingFrom('README.md', '`npm start` `window.desk` `desk.json` `40001` `/api/docs` `?prepare=false`'),
    ).toEqual([]);
  });
});
