import type { Permission } from './permissions.ts';

/**
 * The kinds of doers of a command. `person`: a user at a desk · `job`: the server's own work · `patient`: a patient by a link
 * of their own · `kiosk`: a screen in the waiting room · `public-page`: a visitor of the booking page. A desk sends a person's
 * commands; the server never reads the kind from a command.
 */
export const actorKinds = ['person', 'job', 'patient', 'kiosk', 'public-page'] as const;
export type ActorKind = (typeof actorKinds)[number];

export interface Actor {
  readonly orgId: string;
  readonly kind: ActorKind;
  /** The person's user, the patient, the kiosk's desk, or the id that stands for a job or the page. */
  readonly actorId: string;
  readonly permissions: readonly Permission[];
}

/** What an actor that is no person may do; a person's permissions follow from the role. */
const permissionsByKind: Readonly<Record<Exclude<ActorKind, 'person'>, readonly Permission[]>> = {
  job: ['read-calendar', 'book'],
  patient: ['book'],
  kiosk: ['check-in'],
  'public-page': ['book'],
};

export function personActor(person: {
  readonly orgId: string;
  readonly userId: string;
  readonly permissions: readonly Permission[];
}): Actor {
  return { orgId: person.orgId, kind: 'person', actorId: person.userId, permissions: person.permissions };
}

export function actorOfKind(kind: Exclude<ActorKind, 'person'>, orgId: string, actorId: string): Actor {
  return { orgId, kind, actorId, permissions: permissionsByKind[kind] };
}
