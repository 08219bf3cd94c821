import { expect, it } from 'vitest';

import { book } from '../../../core/commands/book.ts';
import { upcast } from '../../../core/commands/upcast.ts';
import { protocol, takenProtocols } from '../../../core/primitives/protocol.ts';

const id = '01928f60-0000-7000-8000-000000000001';
const command = book.schema.parse({
  commandId: id,
  actorId: id,
  deskId: 'desk',
  madeAt: '2026-11-23T08:00:00Z',
  protocol,
  body: {
    appointmentId: id,
    siteId: id,
    patientId: id,
    serviceId: id,
    providerId: id,
    scheduledStart: '2026-11-23T09:00:00Z',
  },
});

it('brings a command of a taken protocol into the form of today', () => {
  for (const spoken of takenProtocols) expect(upcast({ ...command, protocol: spoken })).toEqual(command);
});

it('takes every protocol on the list and no other', () => {
  const taken = Array.from({ length: protocol + 5 }, (_, n) => n + 1).filter(
    (spoken) => upcast({ ...command, protocol: spoken }) !== null,
  );
  expect(taken).toEqual([...takenProtocols]);
});
