import { expect, test } from 'vitest';

import { sheetsOf } from '../../../renderer/print/provider-sheets.ts';
import { columnsOf } from '../../../renderer/visits/columns.ts';
import { dayScaleOf } from '../../../renderer/words/day-scale.ts';
import { appointment, date, dayView, idOf, timeZone } from '../builders.ts';

const day = dayView({
  appointments: [
    appointment(1, '11:00'),
    appointment(2, '09:00'),
    appointment(3, '10:00', { providerId: idOf('p', 2) }),
  ],
});
const columns = columnsOf(day, new Set([idOf('a', 2)]), { ...dayScaleOf(date, timeZone), rowPx: 20 }, 'provider');
const visits = columns.flatMap((column) => column.visits);

test('each provider has a sheet in order of time, with the number of unconfirmed visits', () => {
  const sheets = sheetsOf(visits, []);
  expect(sheets.map(({ providerName, provisional }) => [providerName, provisional])).toEqual([
    ['Dr 1', 1],
    ['Dr 2', 0],
  ]);
  expect(sheets[0]?.visits.map(({ appointment: { appointmentId } }) => appointmentId)).toEqual([
    idOf('a', 2),
    idOf('a', 1),
  ]);
});

test('a hidden provider is not printed', () => {
  expect(sheetsOf(visits, [idOf('p', 1)]).map(({ providerName }) => providerName)).toEqual(['Dr 2']);
});
