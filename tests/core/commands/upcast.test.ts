import { expect, it } from 'vitest';

import { book } from '../../../core/commands/book.ts';
import { cancel } from '../../../core/commands/transitions.ts';
import { upcast } from '../../../core/commands/upcast.ts';
import { protocol, takenProtocols } from '../../../core/primitives/protocol.ts';

const id = '01928f60-0000-7000-8000-000000000001';
/** Commands as a desk of protocol 1 wrote them into its outbox. */
const envelope = { commandId: id, actorId: id, deskId: 'desk', madeAt: '2026-11-23T08:00:00Z', protocol: 1 };
const body = { appointmentId: id, siteId: id, patientId: id, serviceId: id, providerId: id };
const written = {
  book: { ...envelope, body: { ...body, scheduledStart: '2026-11-23T09:00:00Z' } },
  'a book after a registration': {
    ...envelope,
    precondition: { afterCommandId: id },
    body: { ...body, scheduledStart: '2026-11-23T09:00:00Z' },
  },
};

it.each(Object.entries(written))('%s of protocol 1 is parsed as it is, and is one of today', (_, command) => {
  const parsed = book.parse(command);
  expect(parsed).toEqual(command);
  expect(upcast(parsed)).toEqual({ ...command, protocol });
});

it('a transition of protocol 1 has no precondition, and needs none', () => {
  const parsed = cancel.parse({ ...envelope, body: { appointmentId: id } });
  expect(upcast(parsed)).toEqual({ ...envelope, protocol, body: { appointmentId: id } });
});

it('takes every protocol on the list and no other', () => {
  const taken = Array.from({ length: protocol + 5 }, (_, n) => n).filter(
    (spoken) => upcast(book.parse({ ...written.book, protocol: Math.max(1, spoken) })) !== null && spoken > 0,
  );
  expect(taken).toEqual([...takenProtocols]);
});
