import { v7 as uuidv7 } from 'uuid';

import { instantOf } from '../../core/domain/time/quarter.ts';
import type { Route } from '../../server/api/route-list.ts';
import type { Clinic } from './clinic.ts';
import {
  aboutCommand,
  bookCommand,
  envelope,
  joinCommand,
  leaveCommand,
  moveCommand,
  registerCommand,
  reinstateCommand,
} from './commands.ts';
import { password } from './server.ts';

/** A well-formed input of one route. The schema accepts it, whatever the answer is. */
export interface Sample {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Record<string, unknown>;
}

/** A sample for each route of the contract. A route without one fails every test that walks the contract. */
export function sampleOf(route: Route, clinic: Clinic): Sample {
  const samples: Readonly<Record<string, Omit<Sample, 'path'> & { params?: Record<string, string> }>> = {
    'sessions.create': { body: { username: clinic.signInName, password } },
    'sessions.current': {},
    'sessions.end': {},
    'calendar.day': { params: { siteId: clinic.siteId, date: '2031-03-03' } },
    'calendar.changes': { query: { cursor: '' } },
    'calendar.pokes': {},
    'patients.search': { query: { query: 'patient' } },
    'commands.book': { body: bookCommand(clinic, 0) },
    'commands.move': {
      body: moveCommand(clinic, 1, { appointmentId: uuidv7(), scheduledStart: instantOf(clinic.opensAt) }),
    },
    'commands.cancel': { body: aboutCommand(clinic, uuidv7()) },
    'commands.arrive': { body: aboutCommand(clinic, uuidv7()) },
    'commands.check-in': { body: aboutCommand(clinic, uuidv7()) },
    'commands.fulfil': { body: aboutCommand(clinic, uuidv7()) },
    'commands.no-show': { body: aboutCommand(clinic, uuidv7()) },
    'commands.un-arrive': { body: aboutCommand(clinic, uuidv7()) },
    'commands.un-check-in': { body: aboutCommand(clinic, uuidv7()) },
    'commands.un-fulfil': { body: aboutCommand(clinic, uuidv7()) },
    'commands.un-no-show': { body: aboutCommand(clinic, uuidv7()) },
    'commands.raise-capacity': {
      body: {
        ...envelope(clinic),
        body: {
          resourceId: clinic.providers[0],
          slotStarts: [instantOf(clinic.opensAt)],
          capacity: 2,
          reason: 'Walk-in with an emergency',
        },
      },
    },
    'commands.register-patient': { body: registerCommand(clinic) },
    'commands.reinstate': { body: reinstateCommand(clinic, 1, uuidv7()) },
    'commands.join-waitlist': { body: joinCommand(clinic) },
    'commands.leave-waitlist': { body: leaveCommand(clinic, uuidv7()) },
    'desks.invite': {},
    'desks.pair': { body: { code: 'nordstern-K7QM-2XRA', deskId: uuidv7(), name: 'Front desk' } },
    'waitlist.list': { params: { siteId: clinic.siteId } },
  };
  const sample = samples[route.name];
  if (!sample) throw new Error(`route ${route.name} has no sample: write one here`);
  const { params = {}, ...rest } = sample;
  return { ...rest, path: `/api${route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')}` };
}

/** The sample's address with its query string, and with the fields in `more`. */
export function addressOf({ path, query = {} }: Sample, more: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams({ ...query, ...more }).toString();
  return search === '' ? path : `${path}?${search}`;
}
