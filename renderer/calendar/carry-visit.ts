import type { DayView } from '../../core/calendar/calendar.ts';
import type { BookingError, Placement } from '../../core/domain/bookings/facts.ts';
import type { Result } from '../../core/domain/terms.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column, Visit } from '../visits/columns.ts';
import { clockAt, type DayScale } from '../words/day-scale.ts';
import { isSamePosition, type CarryPosition } from './carry-position.ts';
import { liftCard, shadeForbidden } from './drag-ghost.ts';
import type { DropTargets } from './drop-targets.ts';
import { measureGrid, placeOver, type GridBox } from './grid-geometry.ts';

export interface Drop {
  readonly resourceId: string;
  readonly start: Quarter;
  readonly durationQuarters: number;
  readonly decision: Result<Placement, BookingError>;
}

/** What a carried visit needs of the grid as it is drawn now. */
export interface CarryHost {
  readonly columns: readonly Column[];
  readonly scale: DayScale;
  targetsOf(visit: Visit): DropTargets | null;
  /** The words beside the ghost: the new place, or the reason why the visit may not go there. */
  wordsOf(visit: Visit, drop: Drop): string;
  onDrop(visit: Visit, drop: Drop): void;
}

/** A visit that the pointer or the keyboard holds over the grid. */
export interface Carried {
  readonly visit: Visit;
  readonly card: HTMLElement;
  readonly ghost: HTMLElement;
  readonly from: CarryPosition;
  /** Where the visit is held now. */
  position(): CarryPosition;
  /** Moves the ghost there, and returns what a drop would do. */
  moveTo(position: CarryPosition, box?: GridBox): Drop | null;
  /** What a drop would do here; null where the visit would not change. */
  drop(): Drop | null;
  /** Removes the ghost and the hatching, after a drop or without one. */
  end(): void;
}

/**
 * Looks up where a visit may go; null where the day does not know enough of the visit. The returned function lifts the
 * visit: a ghost of its card follows over the grid, and `isShaded` hatches the forbidden places. The lookup takes as long as
 * many frames of a drag, so it runs when the pointer goes down. None of this goes through React: while a visit is carried,
 * only the ghost changes.
 */
export function prepareCarry(
  container: HTMLElement,
  host: CarryHost,
  card: HTMLElement,
  index: number,
): ((isShaded: boolean) => Carried) | null {
  const { columns } = host;
  const visit = columns[index]?.visits.find(({ appointment }) => appointment.appointmentId === card.dataset['visit']);
  const targets = visit && host.targetsOf(visit);
  if (!visit || !targets) return null;
  const from: CarryPosition = { index, start: visit.start, length: visit.end - visit.start };
  // The places around the visit are judged and remembered now, so that the first steps of the drag are fast.
  for (const { resource } of columns.slice(Math.max(0, index - 1), index + 2)) {
    for (const step of [-1, 0, 1]) targets.judge(resource.resourceId, from.start + step, from.length);
  }
  return (isShaded) => carryVisit(container, host, { card, visit, from, targets }, isShaded);
}

interface Prepared {
  readonly card: HTMLElement;
  readonly visit: Visit;
  readonly from: CarryPosition;
  readonly targets: DropTargets;
}

function carryVisit(
  container: HTMLElement,
  host: CarryHost,
  { card, visit, from, targets }: Prepared,
  isShaded: boolean,
): Carried {
  const { columns, scale } = host;
  const ghost = liftCard(container, card);
  const nearestFirst = columns
    .map(({ resource }, other) => ({ resourceId: resource.resourceId, distance: Math.abs(other - from.index) }))
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ resourceId }) => resourceId);
  const stopShading = isShaded ? shadeForbidden(container, scale, targets, nearestFirst) : null;
  let position = from;
  let drop: Drop | null = null;

  return {
    visit,
    card,
    ghost: ghost.element,
    from,
    position: () => position,
    moveTo(next, box = measureGrid(container)) {
      const column = columns[next.index];
      if (!column || (drop && isSamePosition(next, position))) return drop;
      position = next;
      const { resourceId } = column.resource;
      const { start, length } = next;
      drop = { resourceId, start, durationQuarters: length, decision: targets.judge(resourceId, start, length) };
      placeOver(ghost.element, box, columns.length, scale, next);
      ghost.say(host.wordsOf(visit, drop), !drop.decision.ok);
      return drop;
    },
    drop: () => (isSamePosition(position, from) ? null : drop),
    end() {
      stopShading?.();
      ghost.remove();
    },
  };
}

/** "10:00–10:30, Dr Brandt" */
export function positionWords({ columns, scale }: CarryHost, { index, start, length }: CarryPosition): string {
  return `${clockAt(scale, start)}–${clockAt(scale, start + length)}, ${columns[index]?.resource.name ?? ''}`;
}

/** "10:00–10:30 · Dr Brandt" */
export function dropWords(drop: Drop, scale: DayScale, view: DayView): string {
  const until = clockAt(scale, drop.start + drop.durationQuarters);
  const name = view.resources.find(({ resourceId }) => resourceId === drop.resourceId)?.name ?? '';
  return `${clockAt(scale, drop.start)}–${until} · ${name}`;
}
