import { v5 as uuidv5 } from 'uuid';

import { actorOfKind, type Actor } from '../../core/domain/people/actors.ts';

/** The namespace of the ids of jobs (RFC 9562, 5.5): every server gives a job the same id. */
const namespace = '019cd2a0-7c00-7000-8000-686f6c646661';

/** A job as the actor of a command in an organization. */
export function jobActor(name: string, orgId: string): Actor {
  return actorOfKind('job', orgId, uuidv5(name, namespace));
}
