import type { Machine } from './machine.ts';
import type { Report, Section, Table } from './report.ts';

/** The report as Markdown. The same report gives the same text. */
export function reportMarkdown(report: Report): string {
  const { name, title, intro, command, bars, machine, sections, notes } = report;
  const blocks = [
    `# ${title}`,
    intro,
    barTable(bars),
    ...sections.flatMap((section) => sectionBlocks(name, section)),
    ...(notes.length > 0 ? ['## Notes', notes.map((note) => `- ${note}`).join('\n')] : []),
    '## The machine',
    machineText(machine),
    `Made by \`${command}\`. Every measurement is in [${name}.json](${name}.json).`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The file of a plot, beside the report. */
export function plotFile(reportName: string, plotName: string): string {
  return `${reportName}-${plotName}.svg`;
}

function barTable(bars: Report['bars']): string {
  if (bars.length === 0) return '';
  const rows = bars.map(({ name, measured, met }) => [name, measured, met ? 'met' : '**missed**']);
  return tableMarkdown({ columns: ['bar', 'measured', ''], rows });
}

function sectionBlocks(reportName: string, { heading, text = '', table, plots = [] }: Section): string[] {
  const pictures = plots.map(({ name, alt }) => `![${alt}](${plotFile(reportName, name)})`);
  return [`## ${heading}`, text, table ? tableMarkdown(table) : '', ...pictures];
}

function tableMarkdown({ columns, rows }: Table): string {
  const isNumeric = columns.map((_, n) => rows.length > 0 && rows.every((row) => typeof row[n] === 'number'));
  const line = (cells: readonly (string | number)[]) => `| ${cells.map(cellText).join(' | ')} |`;
  return [
    line(columns),
    `|${isNumeric.map((numeric) => (numeric ? '--:' : '---')).join('|')}|`,
    ...rows.map((row) => line(row)),
  ].join('\n');
}

function cellText(cell: string | number): string {
  return typeof cell === 'number' ? String(cell) : cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function machineText({ measuredOn, cores, cpu, memoryGiB, kernel, versions, load }: Machine): string {
  const programs = Object.entries(versions).map(([program, version]) => `${program} ${version}`);
  return (
    `${measuredOn}: ${cores} × ${cpu}, ${memoryGiB} GiB, ${kernel}; ${programs.join(', ')}. ` +
    `The load average was ${load.before} as it began and ${load.after} as it ended; the benchmark itself is in the latter. ` +
    `Where others share the cores single times are noisy: only what was measured in turn, in the same run, can be compared.`
  );
}
