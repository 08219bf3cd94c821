import type { NextStep } from '../../../core/domain/statuses.ts';

export const arrivals = {
  title: 'People',
  waiting: 'Waiting',
  expected: 'Expected',
  in: 'With provider',
  done: 'Done',
  missed: 'Did not come',
  late: '{{minutes}} min late',
  lateHours: '{{hours}} h {{minutes}} min late',
  nobody: 'Nobody yet.',
  nobodyExpected: 'Nobody else is expected.',
  actWho: {
    arrive: 'Check in {{patient}}, {{time}}',
    'check-in': 'With provider: {{patient}}, {{time}}',
    fulfil: 'Done: {{patient}}, {{time}}',
  } satisfies Record<NextStep, string>,
} as const;
