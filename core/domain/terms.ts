/**
 * The words of the product. There is one word for each thing, in code, screen and docs; each entry says what the word is, and
 * what it is not.
 *
 * The clinic
 * organization    the tenant, a practice or a group; every key leads with its id. Not a site.
 * handle          the short word that names an organization in tokens, pairing codes and sign-in names. Not its name.
 * site            one place with one IANA time zone; "clinic" in talk. Not a tenant.
 * resource        something bookable: a provider, a room or a piece of equipment. Not a service.
 * service         a kind of appointment: duration, buffers, what it needs. Not something bookable by itself.
 * roster          shifts and the changes to them; slots follow from it. Not a calendar of appointments.
 * slot            15 minutes of one resource, on a 15-minute boundary. Not a window of several slots.
 * holder          an appointment that a slot names and counts. Not the patient.
 *
 * The appointment
 * appointment     the record: a patient, a service, a provider, room and equipment, a window, a status, a version
 * visit           an appointment as people say it and as a screen shows it, with names beside the ids. Not another record.
 * status          where an appointment stands (statuses.ts). Not what the desk expects: see provisional.
 * event           what happened to an appointment, and when: a change of status, time or resource. Not the audit of other rows.
 * channel         by which way a command came: a desk, the kiosk, a link (people/channels.ts). Not the actor.
 * transition      a change of status alone (bookings/transitions.ts). Not a move.
 * way back        the transition that leads from another one's target to the status before. Not an undo, which may send it.
 * placement       where a decision puts an appointment: window, provider, room, equipment. Not booked yet.
 * alternative     a free placement near one that is not free. Not held for anybody.
 * blocker         one thing that stands in the way of a placement. Not an error.
 * waitlist entry  a patient who wants a service, with which providers, in which windows, how urgently. Not an appointment.
 *
 * The command and its four ends
 * command         an intent made on a desk or by the server itself, under a UUIDv7 of its own. Not an HTTP request.
 * forecast        what a desk expects of a command, by its own rules and days. Not binding.
 * verdict         what the server stores under the command's id: done, or why not. Never changes.
 * outcome         the answer to a command that was done: its id and the appointment as the command left it
 * decision        what desk and page are told of a command: done, refused, or still waiting
 * actor           the doer of a command: a person, or another kind of people/actors.ts. Not always somebody signed in.
 * job             work that the server does by itself, each turn on one server. Not a command, but may issue one.
 *
 * The desk
 * desk            one installation on one PC, with its store. Not a person.
 * outbox          the commands that the server has not decided yet, in the desk's store
 * provisional     shown by a forecast, not by the server's word; always marked as such
 * conflict        the server's 409: what was asked, every blocker, the nearest alternatives
 * epoch           the lifetime of one history of the central database; a restore begins another
 * cursor          where a reader of the change feed stands: epoch, transaction, sequence. Opaque to the reader.
 * poke            a message that something changed: pull. Proves nothing.
 */

export const resourceKinds = ['provider', 'room', 'equipment'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** A value, or the reason why there is none: expected refusals are values, bugs and broken I/O throw. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refused<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
