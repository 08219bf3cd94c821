import { Check, CircleDot, DoorOpen, type LucideIcon } from 'lucide-react';

import { definitionOf } from '../../core/commands/list.ts';
import {
  decideTransition,
  isTransition,
  transitionOf,
  type TransitionDecision,
  type TransitionFacts,
  type TransitionType,
} from '../../core/domain/bookings/transitions.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';
import { holdsSlots, traitsOf, type NextStep } from '../../core/domain/statuses.ts';
import type { Present } from '../../core/domain/time/present.ts';
import type { Visit } from '../visits/columns.ts';

/** A change of a visit's status by a person: a button in the visit's panel, and a key in the calendar. */
export interface VisitAction {
  /** The mark of the status to which the change leads. */
  readonly Icon: LucideIcon | null;
  /** The change gives the visit's time up: its button comes last and is red. */
  readonly isGrave: boolean;
  /**
   * The key in the calendar, as `KeyboardEvent.key` has it. `asks`: the key opens the panel, whose button makes the change.
   */
  readonly key: { readonly name: string; readonly asks: boolean } | null;
}

/** The only list of these actions, in the order of the buttons. A transition that the list lacks does not compile. */
const actions = {
  arrive: { Icon: CircleDot, isGrave: false, key: { name: 'c', asks: false } },
  'check-in': { Icon: DoorOpen, isGrave: false, key: { name: 'i', asks: false } },
  fulfil: { Icon: Check, isGrave: false, key: { name: 'f', asks: false } },
  'no-show': { Icon: null, isGrave: false, key: { name: 'x', asks: true } },
  'un-fulfil': { Icon: null, isGrave: false, key: null },
  'un-check-in': { Icon: null, isGrave: false, key: null },
  'un-arrive': { Icon: null, isGrave: false, key: null },
  'un-no-show': { Icon: null, isGrave: false, key: null },
  cancel: { Icon: null, isGrave: true, key: { name: 'Delete', asks: true } },
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

/** What the actions of a person depend on, beside the visit. */
export interface Circumstances {
  readonly permissions: readonly Permission[];
  readonly present: Present;
}

/** Why a person may not make a change now: by permission, by the status of the visit, by its time. */
export type Obstacle = 'forbidden' | Exclude<TransitionDecision['kind'], 'change'>;

/** What keeps a person from the change now; null where nothing does. */
export function obstacleTo(
  type: TransitionType,
  visit: TransitionFacts,
  { permissions, present }: Circumstances,
): Obstacle | null {
  if (!permissions.includes(definitionOf(type).permission)) return 'forbidden';
  const { kind } = decideTransition(type, visit, present);
  return kind === 'change' ? null : kind;
}

/** The facts of a visit by which its actions are allowed. */
export function transitionFactsOf({ appointment: { status }, start, end }: Visit): TransitionFacts {
  return { status, start, end };
}

/** The likely next step of the visit, where the person may take it now; else null. */
export function nextStepOf(visit: Visit, circumstances: Circumstances): NextStep | null {
  const { next } = traitsOf(visit.appointment.status);
  return next !== null && obstacleTo(next, transitionFactsOf(visit), circumstances) === null ? next : null;
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
