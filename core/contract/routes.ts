import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

import { patient } from './appointment.ts';
import { changes, cursor, dayView } from './calendar.ts';
import { commands, type CommandType } from './commands/list.ts';
import { outcome } from './commands/outcome.ts';
import { day, id } from './primitives.ts';
import { problems } from './problem.ts';
import { credentials, person, session } from './session.ts';

const errors = Object.fromEntries(
  Object.entries(problems).map(([code, { status, title, data }]) => [code, { status, message: title, data }]),
) as { [C in keyof typeof problems]: { status: number; message: string; data: (typeof problems)[C]['data'] } };

const base = oc.errors(errors);

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
      .input(z.strictObject({ siteId: id, date: day }))
      .output(dayView),
    changes: base
      .route({ method: 'GET', path: '/changes', summary: 'What changed since a cursor', tags: ['Calendar'] })
      .input(z.strictObject({ cursor }))
      .output(changes),
    pokes: base
      .route({
        method: 'GET',
        path: '/pokes',
        summary: 'Server-sent events; each only means "pull"',
        tags: ['Calendar'],
      })
      .output(eventIterator(z.strictObject({}))),
  },
  patients: {
    search: base
      .route({ method: 'GET', path: '/patients', summary: 'Patients by name, birth date or phone', tags: ['Patients'] })
      .input(z.strictObject({ query: z.string().trim().min(2, { error: 'Type at least two characters.' }).max(100) }))
      .output(z.array(patient)),
  },
  commands: {
    book: commandRoute('book'),
    move: commandRoute('move'),
    cancel: commandRoute('cancel'),
    'check-in': commandRoute('check-in'),
    'un-arrive': commandRoute('un-arrive'),
    'raise-capacity': commandRoute('raise-capacity'),
    'register-patient': commandRoute('register-patient'),
  } satisfies { [T in CommandType]: unknown },
};
