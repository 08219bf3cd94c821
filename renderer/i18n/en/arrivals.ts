export const arrivals = {
  title: 'People',
  waiting: 'Waiting',
  expected: 'Expected',
  in: 'Checked in',
  done: 'Done',
  missed: 'Did not come',
  late: '{{minutes}} min late',
  lateHours: '{{hours}} h {{minutes}} min late',
  nobody: 'Nobody yet.',
  nobodyExpected: 'Nobody else is expected.',
  checkIn: 'Check in',
  checkInWho: 'Check in {{patient}}, {{time}}',
} as const;
