import type { ActorKind } from './actors.ts';

/**
 * By which way a command, and so a visit or a change of one, came. `desk`: a paired desk · `kiosk`: a screen in the waiting
 * room · `online`: the public page · `link`: a patient's own link · `api`: a person's session, without a desk · `import`: data
 * brought from another system · `job`: the server's own work · `sql`: a statement from outside the server. The database's
 * domain `channel` has the same list; a test compares the two.
 */
export const channels = ['desk', 'kiosk', 'online', 'link', 'api', 'import', 'job', 'sql'] as const;
export type Channel = (typeof channels)[number];

const channelByKind: Readonly<Record<Exclude<ActorKind, 'person'>, Channel>> = {
  job: 'job',
  patient: 'link',
  kiosk: 'kiosk',
  'public-page': 'online',
};

/** The channel of an actor's command; `atDesk` says whether a paired desk sent it under its own token. */
export function channelOf(kind: ActorKind, atDesk: boolean): Channel {
  if (kind === 'person') return atDesk ? 'desk' : 'api';
  return channelByKind[kind];
}
