import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { root, runTool } from './run-tool.ts';
import { passOrFail } from './tally.ts';
import type { Tally } from './tally.ts';

const folders = ['core', 'db', 'server', 'electron', 'renderer', 'build', 'tests'];

interface Cruise {
  modules: { source: string }[];
  summary: { violations: { from: string; to: string; rule: { name: string; severity: string } }[] };
}

export interface ForbiddenImport {
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  /** The rule's comment: why the import is forbidden, and the right door. */
  readonly message: string;
}

export interface Imports {
  readonly forbidden: readonly ForbiddenImport[];
  /** Source files that dependency-cruiser read. */
  readonly filesRead: number;
  /** Source files that dependency-cruiser left out. */
  readonly unread: readonly string[];
}

/**
 * Checks the sources below `project` by the .dependency-cruiser.cjs in it; undefined when dependency-cruiser gave no report.
 * With the wrong TypeScript dependency-cruiser reads nothing and passes, so `unread` lists the files that it left out.
 */
export async function readImports(project: string): Promise<Imports | undefined> {
  const files = globSync(`{${folders.join(',')}}/**/*.{ts,tsx,mjs}`, { cwd: project });
  const present = folders.filter((folder) => files.some((file) => file.startsWith(`${folder}${path.sep}`)));
  const { stdout } = await runTool('depcruise', ['--output-type', 'json', ...present], { capture: true, cwd: project });
  let cruise: Cruise;
  try {
    cruise = JSON.parse(stdout) as Cruise;
  } catch {
    return undefined;
  }
  const read = new Set(cruise.modules.map((module) => module.source));
  const comments = loadComments(project);
  const unread = files.filter((file) => !read.has(file.replaceAll('\\', '/')));
  return {
    forbidden: cruise.summary.violations
      .filter(({ rule }) => rule.severity === 'error')
      .map(({ from, to, rule }) => ({ from, to, rule: rule.name, message: comments.get(rule.name) ?? '' })),
    filesRead: files.length - unread.length,
    unread,
  };
}

export async function checkDependencies(): Promise<Tally> {
  const imports = await readImports(root);
  for (const { from, to, rule, message } of imports?.forbidden ?? []) {
    console.error(`${from} → ${to}\n  ${rule}: ${message}`);
  }
  if (imports !== undefined && imports.unread.length > 0) console.error(`not read: ${imports.unread.join(', ')}`);
  console.error(`${imports?.filesRead ?? 0} files read`);
  return tallyImports(imports);
}

/** Fails on a forbidden import, on a file that was not read, and where no file was read at all. */
export function tallyImports(imports: Imports | undefined): Tally {
  if (imports === undefined) return passOrFail(false, 'dependency-cruiser gave no report (see above)');
  const { forbidden, filesRead, unread } = imports;
  const passed = filesRead > 0 && unread.length === 0 && forbidden.length === 0;
  const files = filesRead + unread.length;
  return passOrFail(passed, `${forbidden.length} forbidden imports, ${unread.length} of ${files} files not read`);
}

function loadComments(project: string): Map<string, string> {
  const config = createRequire(import.meta.url)(path.join(project, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string; comment: string }[];
  };
  return new Map(config.forbidden.map((rule) => [rule.name, rule.comment]));
}
