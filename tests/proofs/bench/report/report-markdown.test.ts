import { describe, expect, it } from 'vitest';

import { reportMarkdown } from './report-markdown.ts';
import type { Report } from './report.ts';

const report: Report = {
  name: 'doors',
  title: 'Doors',
  intro: 'How fast they open.',
  command: 'npm run bench -- doors',
  bars: [
    { name: 'under 5 ms', measured: '4.2 ms', met: true },
    { name: 'under 1 ms', measured: '4.2 ms', met: false },
  ],
  machine: {
    measuredOn: '2026-11-23',
    cores: 2,
    cpu: 'A processor',
    memoryGiB: 24,
    kernel: 'Linux 6',
    versions: { Node: '24.21.0', Chromium: '156' },
    load: { before: 0.1, after: 1.9 },
  },
  sections: [
    {
      heading: 'Each door',
      text: 'In turn.',
      table: {
        columns: ['door', 'ms', 'note'],
        rows: [
          ['front|back', 4.2, 'heavy'],
          ['side', 3, 5],
        ],
      },
      plots: [{ name: 'times', alt: 'The front door is slower', spec: { mark: 'bar', data: { values: [] } } }],
    },
  ],
  notes: ['Oiled.'],
  figures: {},
};

describe('a report as Markdown', () => {
  it('says the result of every bar, and which bars were missed', () => {
    expect(reportMarkdown(report)).toContain('| under 5 ms | 4.2 ms | met |\n| under 1 ms | 4.2 ms | **missed** |');
  });

  it('aligns columns of numbers to the right, and no other columns', () => {
    expect(reportMarkdown(report)).toContain('| door | ms | note |\n|---|--:|---|');
  });

  it('escapes what would split a cell', () => {
    expect(reportMarkdown(report)).toContain('| front\\|back | 4.2 | heavy |');
  });

  it('shows each plot with its text', () => {
    expect(reportMarkdown(report)).toContain('![The front door is slower](doors-times.svg)');
  });

  it('says which machine it was measured on, and how busy the machine was', () => {
    const text = reportMarkdown(report);
    expect(text).toContain('2 × A processor, 24 GiB, Linux 6; Node 24.21.0, Chromium 156.');
    expect(text).toContain('The load average was 0.1 as it began and 1.9 as it ended');
  });

  it('ends with one line feed and has no empty block', () => {
    const text = reportMarkdown({ ...report, notes: [], bars: [], intro: '' });
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toContain('\n\n\n');
  });
});
