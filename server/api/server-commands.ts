import type { CommandType } from '../../core/commands/list.ts';
import { transitionTypes, type TransitionType } from '../../core/domain/bookings/transitions.ts';
import { book } from '../bookings/book.ts';
import { move } from '../bookings/move.ts';
import { raiseCapacity } from '../bookings/raise-capacity.ts';
import { reinstate } from '../bookings/reinstate.ts';
import { transition } from '../bookings/transition.ts';
import { unNoShow } from '../bookings/un-no-show.ts';
import type { Decide } from '../commands/decide.ts';
import { registerPatient } from '../patients/register-patient.ts';
import { joinWaitlist } from '../waitlist/join-waitlist.ts';
import { leaveWaitlist } from '../waitlist/leave-waitlist.ts';

const transitions = Object.fromEntries(transitionTypes.map((type) => [type, transition(type)])) as {
  readonly [T in TransitionType]: Decide<T>;
};

/** How the server decides each command. A command that is not here does not compile. */
export const serverCommands: { readonly [T in CommandType]: Decide<T> } = {
  ...transitions,
  'un-no-show': unNoShow,
  book,
  move,
  reinstate,
  'raise-capacity': raiseCapacity,
  'register-patient': registerPatient,
  'join-waitlist': joinWaitlist,
  'leave-waitlist': leaveWaitlist,
};
