import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

import { patient } from '../calendar/appointment.ts';
import { changes, cursor, dayView, poke } from '../calendar/calendar.ts';
import { byCommandType, commands, type CommandType } from '../commands/list.ts';
import { outcome } from '../commands/outcome.ts';
import { id } from '../primitives/ids.ts';
import { day } from '../primitives/instants.ts';
import { pairedDesk, pairing, pairRequest } from './pairing.ts';
import { patientSearch } from './patient-search.ts';
import { problems } from './problem.ts';
import { credentials, person, session } from './session.ts';
import { waitlistEntry } from './waitlist.ts';

const errors = Object.fromEntries(
  Object.entries(problems).map(([code, { status, title, data }]) => [code, { status, message: title, data }]),
) as { [C in keyof typeof problems]: { status: number; message: string; data: (typeof problems)[C]['data'] } };

const base = oc.errors(errors);

/** The protocol of the desk that asks. A server of another protocol refuses, because the desk could not read the answer. */
const spokenProtocol = z.coerce.number().int().positive().optional();

function commandRoute<T extends CommandType>(type: T) {
  return base
    .route({ method: 'POST', path: `/commands/${type}`, summary: commands[type].summary, tags: ['Commands'] })
    .input(commands[type].schema as (typeof commands)[T]['schema'])
    .output(outcome);
}

/** The only list of HTTP routes, below `/api`. */
export const routes = {
  sessions: {
    create: base
      .route({ method: 'POST', path: '/sessions', summary: 'Sign in', tags: ['Sessions'] })
      .input(credentials)
      .output(session),
    current: base
      .route({ method: 'GET', path: '/sessions/current', summary: 'Who is signed in', tags: ['Sessions'] })
      .output(person),
    end: base
      .route({ method: 'DELETE', path: '/sessions/current', summary: 'Sign out', tags: ['Sessions'] })
      .output(z.strictObject({})),
  },
  calendar: {
    day: base
      .route({ method: 'GET', path: '/sites/{siteId}/days/{date}', summary: 'One day of one site', tags: ['Calendar'] })
      .input(z.strictObject({ siteId: id, date: day, protocol: spokenProtocol }))
      .output(dayView),
    changes: base
      .route({ method: 'GET', path: '/changes', summary: 'What changed since a cursor', tags: ['Calendar'] })
      .input(z.strictObject({ cursor, protocol: spokenProtocol }))
      .output(changes),
    pokes: base
      .route({
        method: 'GET',
        path: '/pokes',
        summary: 'Server-sent events; each means "pull", and brings the answer to a desk that names its protocol',
        tags: ['Calendar'],
      })
      .input(z.strictObject({ protocol: spokenProtocol }))
      .output(eventIterator(poke)),
  },
  patients: {
    search: base
      .route({ method: 'GET', path: '/patients', summary: 'Patients by name, birth date or phone', tags: ['Patients'] })
      .input(patientSearch)
      .output(z.array(patient)),
  },
  desks: {
    invite: base
      .route({ method: 'POST', path: '/desks/pairings', summary: 'A one-time code for a new desk', tags: ['Desks'] })
      .output(pairing),
    pair: base
      .route({ method: 'POST', path: '/desks', summary: 'Pair a desk by its one-time code', tags: ['Desks'] })
      .input(pairRequest)
      .output(pairedDesk),
  },
  waitlist: {
    list: base
      .route({ method: 'GET', path: '/sites/{siteId}/waitlist', summary: 'Who waits for a time', tags: ['Waitlist'] })
      .input(z.strictObject({ siteId: id }))
      .output(z.array(waitlistEntry)),
  },
  commands: byCommandType(commandRoute) as { [T in CommandType]: ReturnType<typeof commandRoute<T>> },
};
