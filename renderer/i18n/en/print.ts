export const daySheet = {
  print: 'Print the day sheet',
  time: 'Time',
  patient: 'Patient',
  service: 'Service',
  place: 'Room',
  status: 'Status',
  phone: 'Phone',
  note: 'Note: {{alert}}',
  printed: 'Printed {{when}} by {{who}}',
  asOf: 'As of {{when}}: changes of other desks since then are missing.',
  provisional: 'Hatched rows are not confirmed by the server yet: {{count}}.',
  none: 'No visits.',
} as const;
