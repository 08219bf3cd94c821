import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { format, type FormatConfig } from 'oxfmt';

import { drawPlot } from './draw-plot.ts';
import { plotFile, reportMarkdown } from './report-markdown.ts';
import type { Report } from './report.ts';

const root = path.resolve(import.meta.dirname, '../../../..');

/**
 * Writes docs/benchmarks/NAME.md, its plots, and NAME.json with every measurement; `folder` names another place. The same
 * report gives the same files. Returns the paths of the files, relative to the repository.
 */
export async function writeReport(report: Report, folder = path.join(root, 'docs/benchmarks')): Promise<string[]> {
  const { name, command, bars, machine, figures } = report;
  const files = new Map<string, string>();
  files.set(`${name}.md`, reportMarkdown(report));
  files.set(`${name}.json`, await formatJson({ name, command, machine, bars, figures }));
  for (const plot of report.sections.flatMap(({ plots = [] }) => plots)) {
    files.set(plotFile(name, plot.name), await drawPlot(plot.spec));
  }
  await mkdir(folder, { recursive: true });
  for (const [file, text] of files) await writeFile(path.join(folder, file), text);
  return [...files.keys()].map((file) => path.relative(root, path.join(folder, file)));
}

/** Formats a text as `npm run format` does. */
async function formatJson(value: unknown): Promise<string> {
  const settings = JSON.parse(await readFile(path.join(root, '.oxfmtrc.json'), 'utf8')) as FormatConfig;
  const { code, errors } = await format('report.json', JSON.stringify(value, rounded, 2), {
    printWidth: settings.printWidth ?? 120,
  });
  if (errors.length > 0) throw new Error(`the figures cannot be formatted: ${errors[0]?.message ?? ''}`);
  return code;
}

/** Digits after the third place are noise, and noise makes long files. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(3)) : value;
}
