import { DoorOpen, type LucideIcon } from 'lucide-react';

import { definitionOf } from '../../core/commands/list.ts';
import {
  decideTransition,
  isTransition,
  transitionOf,
  type TransitionType,
} from '../../core/domain/bookings/transitions.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';
import { holdsSlots, type AppointmentStatus } from '../../core/domain/statuses.ts';

/** A change of a visit's status by a person: a button in the visit's panel, and a key in the calendar. */
export interface VisitAction {
  readonly Icon: LucideIcon | null;
  readonly look: 'button' | 'button button-solid' | 'button button-alarm';
  /** Allowed on the day of the visit alone. */
  readonly isOfTheDay: boolean;
  /**
   * The key in the calendar, as `KeyboardEvent.key` has it. `asks`: the key opens the panel, whose button makes the change.
   */
  readonly key: { readonly name: string; readonly asks: boolean } | null;
}

/** The only list of these actions, in the order of the buttons. A transition that the list lacks does not compile. */
const actions = {
  'check-in': { Icon: DoorOpen, look: 'button button-solid', isOfTheDay: true, key: { name: 'c', asks: false } },
  'un-arrive': { Icon: null, look: 'button', isOfTheDay: true, key: null },
  cancel: { Icon: null, look: 'button button-alarm', isOfTheDay: false, key: { name: 'Delete', asks: true } },
} as const satisfies Record<TransitionType, VisitAction>;
export const visitActions: Readonly<Record<TransitionType, VisitAction>> = actions;

/** The transitions that have a key. */
export type KeyedTransition = {
  [T in TransitionType]: (typeof actions)[T]['key'] extends null ? never : T;
}[TransitionType];

/** The transitions that have a key, each with what the sheet of keys calls it. */
export const keyedTransitions = Object.entries(actions).flatMap(([type, { key }]) =>
  key ? [{ type: type as KeyedTransition, key: key.name }] : [],
);

/** The types in the order of the buttons. */
export const visitActionTypes = Object.keys(visitActions) as TransitionType[];

/** Whether a person may make the change now: by permission, by the day, by the status of the visit. */
export function allowsAction(
  type: TransitionType,
  status: AppointmentStatus,
  { permissions, isToday }: { readonly permissions: readonly Permission[]; readonly isToday: boolean },
): boolean {
  return (
    permissions.includes(definitionOf(type).permission) &&
    (isToday || !visitActions[type].isOfTheDay) &&
    decideTransition(type, status).kind === 'change'
  );
}

/** The action of a key of the calendar, or null. */
export function actionOfKey(key: string): { readonly type: TransitionType; readonly asks: boolean } | null {
  const type = visitActionTypes.find((each) => visitActions[each].key?.name === key);
  return type === undefined ? null : { type, asks: visitActions[type].key?.asks ?? false };
}

/** Whether the transition frees the visit's time. */
export function givesTimeBack(type: string): boolean {
  return isTransition(type) && !holdsSlots(transitionOf(type).to);
}
