import { globSync } from 'node:fs';
import { createRequire } from 'node:module';

import { root, runTool } from './run-tool.ts';
import { passOrFail } from './tally.ts';
import type { Tally } from './tally.ts';

const folders = ['core', 'db', 'server', 'electron', 'renderer', 'build', 'tests'];

interface Cruise {
  modules: { source: string }[];
  summary: { violations: { from: string; to: string; rule: { name: string; severity: string }; comment?: string }[] };
}

/**
 * Who imports whom, by .dependency-cruiser.cjs. With the wrong TypeScript dependency-cruiser reads nothing and passes, so
 * it must have read every source file there is.
 */
export async function checkDependencies(): Promise<Tally> {
  const files = globSync(`{${folders.join(',')}}/**/*.{ts,tsx,mjs}`, { cwd: root });
  const present = folders.filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
  const { stdout } = await runTool('depcruise', ['--output-type', 'json', ...present], { capture: true });
  let cruise: Cruise;
  try {
    cruise = JSON.parse(stdout) as Cruise;
  } catch {
    return passOrFail(false, 'dependency-cruiser gave no report (see above)');
  }
  const read = new Set(cruise.modules.map((module) => module.source));
  const unread = files.filter((file) => !read.has(file.replaceAll('\\', '/')));
  const errors = cruise.summary.violations.filter((violation) => violation.rule.severity === 'error');
  const comments = loadComments();
  for (const { from, to, rule } of errors) {
    console.error(`${from} → ${to}\n  ${rule.name}: ${comments.get(rule.name) ?? ''}`);
  }
  if (unread.length > 0) console.error(`not read: ${unread.join(', ')}`);
  console.error(`${read.size} modules read`);
  const passed = files.length > 0 && unread.length === 0 && errors.length === 0;
  return passOrFail(passed, `${errors.length} forbidden imports, ${unread.length} of ${files.length} files not read`);
}

function loadComments(): Map<string, string> {
  const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
    forbidden: { name: string; comment: string }[];
  };
  return new Map(config.forbidden.map((rule) => [rule.name, rule.comment]));
}
