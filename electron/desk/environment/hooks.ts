/**
 * Named points of the desk, one after every step that must not be lost or done twice, for tests that stop the desk there.
 * - `key-kept`: the key of the store is on the disk; nothing is encrypted by it yet.
 * - `signed-in`: a person's session is on the disk; nobody was told.
 * - `stored`: a command is on the disk; nothing was sent.
 * - `marked-sent`: commands are marked as sent; none has left.
 * - `answered`: the server may have decided; the outbox does not know.
 * - `settled`: a verdict is on the disk; nobody was told.
 * - `resolved`: that a person dealt with a refusal is on the disk; nobody was told.
 * - `found`: patients who were found are on the disk; nobody was told.
 * - `kept-part`: some rows of a day are on the disk, the day is not held yet.
 * - `kept-day`: a day is held.
 * - `pulled`: the feed has answered; nothing is on the disk.
 * - `applied`: what the feed told, and up to where, is on the disk; nobody was told.
 * - `withdrawn`: a command that was never sent, and the one that takes it back, are out of what is to be sent.
 * - `paired`: the desk's own token is on the disk.
 * - `copied-out`: what could be read of a damaged store is in a new one beside it; the damaged one is still in its place.
 * - `set-aside`: the damaged store is out of the way; the new one is not in its place yet.
 * - `salvaged`: a damaged store was set aside, and what could be read of its outbox is in the new one.
 * - `pruned`: what is old was taken out, in part.
 */
export const deskHookPoints = [
  'key-kept',
  'signed-in',
  'stored',
  'marked-sent',
  'answered',
  'settled',
  'resolved',
  'found',
  'kept-part',
  'kept-day',
  'pulled',
  'applied',
  'withdrawn',
  'paired',
  'copied-out',
  'set-aside',
  'salvaged',
  'pruned',
] as const;
export type DeskHookPoint = (typeof deskHookPoints)[number];
export type DeskHooks = { readonly [P in DeskHookPoint]?: () => void | Promise<void> };
