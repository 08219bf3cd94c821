/**
 * The words of the product, as types. There is one word for each thing, in code, screen and docs.
 *
 * organization   the tenant; every key leads with its id
 * site           one place with one IANA time zone ("clinic" in talk)
 * resource       something bookable: a provider, a room or a piece of equipment
 * service        a kind of appointment: duration, buffers, what it needs
 * slot           15 minutes of one resource, on a 15-minute boundary
 * claim          one seat of one slot, taken by one appointment
 * appointment    a patient, a service, a provider, the claimed room and equipment, a window, a status, a version
 * command        an intent made on a desk: a UUIDv7, and the version that it saw
 * actor          who does a command: a person, or one of the other kinds of core/domain/people/actors.ts
 * job            work that the server does by itself, each turn on one server
 * provisional    decided on the desk, not yet by the server
 * conflict       what was asked, everything that stands in the way, the nearest alternatives
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
