/**
 * Named points of the desk, one after every step that must not be lost or done twice. Tests stop the desk there.
 * - `key-kept`: the key of the store is on the disk; nothing is encrypted by it yet.
 * - `signed-in`: a person's session is on the disk; the person was not told.
 * - `stored`: a command is on the disk; nothing was sent.
 * - `marked-sent`: commands are marked as sent; none has left.
 * - `answered`: the server may have decided; the outbox does not know.
 * - `settled`: a verdict is on the disk; the page was not told.
 * - `resolved`: a refusal is marked on the disk as dealt with; the page was not told.
 * - `found`: the patients of a search are on the disk; the page was not told.
 * - `kept-part`: some rows of a day are on the disk; the day is not held yet.
 * - `kept-day`: a day is held.
 * - `pulled`: the feed has answered; nothing is on the disk.
 * - `applied`: an answer of the feed and its cursor are on the disk; the page was not told.
 * - `withdrawn`: a command that was never sent and its undo are marked as not to be sent.
 * - `paired`: the desk's own token is on the disk.
 * - `copied-out`: the readable rows of a damaged store are in a new store beside it; the damaged store is still in its place.
 * - `set-aside`: the damaged store has another name; the new store is not in its place yet.
 * - `salvaged`: a damaged store was set aside, and the new store with the readable rows of its outbox is in its place.
 * - `pruned`: a part of what is old was deleted.
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
