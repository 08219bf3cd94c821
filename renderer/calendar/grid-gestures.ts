import type { BookingError, Placement } from '../../core/domain/bookings/facts.ts';
import type { Result } from '../../core/domain/terms.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column, Visit } from './columns.ts';
import { clockAt, type DayScale } from './day-scale.ts';
import { liftCard, shadeForbidden, type DragGhost } from './drag-ghost.ts';
import type { DropTargets } from './drop-targets.ts';
import { placeOver, pointUnder } from './grid-geometry.ts';
import { scrollAtEdges } from './scroll-at-edges.ts';

/** Less is a click: a slip of the mouse moves nothing. */
const thresholdPx = 4;

export interface Drop {
  readonly resourceId: string;
  readonly start: Quarter;
  readonly durationQuarters: number;
  readonly decision: Result<Placement, BookingError>;
}

/** What the gestures need of the grid as it is now drawn. */
export interface GestureHost {
  readonly columns: readonly Column[];
  readonly scale: DayScale;
  readonly maySelect: boolean;
  targetsOf(visit: Visit): DropTargets | null;
  /** What stands beside the ghost. */
  wordsOf(visit: Visit, drop: Drop): string;
  onSelect(resourceId: string, start: Quarter, end: Quarter): void;
  onDrop(visit: Visit, drop: Drop): void;
}

interface Gesture {
  update(at: PointerEvent): void;
  finish(): void;
  clear(): void;
}

/**
 * Turns pointer events over the columns into selections, moves and resizes. While one is under way nothing goes through
 * React: an overlay moves by transform. Escape ends it and changes nothing. `wasDrag` tells the click that follows.
 */
export function attachGestures(
  container: HTMLElement,
  scroller: HTMLElement,
  hostNow: () => GestureHost,
): { readonly wasDrag: () => boolean; readonly detach: () => void } {
  let dragged = false;
  let end: (() => void) | null = null;

  const onDown = (down: PointerEvent) => {
    dragged = false;
    const target = down.target instanceof Element ? down.target : null;
    if (down.button !== 0 || down.pointerType === 'touch' || !target || end) return;
    if (target.closest('button, .column-head')) return;
    const host = hostNow();
    const card = target.closest<HTMLElement>('[data-visit]');
    const begin = card
      ? () => beginMove(container, host, card, down, target.hasAttribute('data-resize'))
      : () => beginSelect(container, host, down);
    if (card ? card.dataset['movable'] === undefined : !host.maySelect) return;

    let gesture: Gesture | null = null;
    let last = down;
    let stopScrolling: (() => void) | null = null;

    const onMove = (move: PointerEvent) => {
      last = move;
      if (!gesture) {
        if (Math.hypot(move.clientX - down.clientX, move.clientY - down.clientY) <= thresholdPx) return;
        dragged = true;
        gesture = begin();
        if (!gesture) return end?.();
        container.setPointerCapture(down.pointerId);
        stopScrolling = scrollAtEdges(
          scroller,
          () => last,
          () => gesture?.update(last),
        );
      }
      gesture.update(move);
    };
    const onUp = () => {
      gesture?.finish();
      end?.();
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || !gesture) return;
      key.preventDefault();
      key.stopPropagation();
      end?.();
    };
    end = () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', cancel);
      window.removeEventListener('keydown', onKey, true);
      stopScrolling?.();
      gesture?.clear();
      delete container.dataset['gesture'];
      end = null;
    };
    const cancel = () => end?.();
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', cancel);
    window.addEventListener('keydown', onKey, true);
  };

  container.addEventListener('pointerdown', onDown);
  return {
    wasDrag: () => dragged,
    detach: () => {
      end?.();
      container.removeEventListener('pointerdown', onDown);
    },
  };
}

function beginSelect(container: HTMLElement, host: GestureHost, down: PointerEvent): Gesture | null {
  const { columns, scale } = host;
  const origin = pointUnder(container, columns, scale, down);
  const box = container.querySelector<HTMLElement>('.selection');
  if (!origin || !box) return null;
  const from = origin.quarter;
  let window = { start: from, end: from + 1 };
  container.dataset['gesture'] = 'select';
  return {
    update(at) {
      const quarter = pointUnder(container, columns, scale, at)?.quarter ?? from;
      window = { start: Math.min(from, quarter), end: Math.max(from, quarter) + 1 };
      const { start } = window;
      box.style.display = 'block';
      box.textContent = `${clockAt(scale, start)}–${clockAt(scale, window.end)}`;
      placeOver(box, container, columns.length, scale, { index: origin.index, start, length: window.end - start });
    },
    finish: () => host.onSelect(origin.column.resource.resourceId, window.start, window.end),
    clear() {
      box.style.display = 'none';
    },
  };
}

function beginMove(
  container: HTMLElement,
  host: GestureHost,
  card: HTMLElement,
  down: PointerEvent,
  isResize: boolean,
): Gesture | null {
  const { columns, scale } = host;
  const origin = pointUnder(container, columns, scale, down);
  const visit = origin?.column.visits.find(({ appointment }) => appointment.appointmentId === card.dataset['visit']);
  const targets = visit && host.targetsOf(visit);
  if (!origin || !visit || !targets) return null;
  const length = visit.end - visit.start;
  const grabbedAt = origin.quarter - visit.start;
  const ghost: DragGhost = liftCard(container, card);
  const nearestFirst = columns
    .map(({ resource }, index) => ({ resourceId: resource.resourceId, distance: Math.abs(index - origin.index) }))
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ resourceId }) => resourceId);
  const stopShading = isResize ? null : shadeForbidden(container, scale, targets, nearestFirst);
  container.dataset['gesture'] = isResize ? 'resize' : 'move';
  let drop: Drop | null = null;

  return {
    update(at) {
      const point = pointUnder(container, columns, scale, at);
      if (!point) return;
      const column = isResize ? origin : point;
      const { resourceId } = column.column.resource;
      const latest = scale.end - length;
      const start = isResize ? visit.start : Math.min(Math.max(point.quarter - grabbedAt, scale.start), latest);
      const durationQuarters = isResize ? Math.max(1, point.quarter + 1 - visit.start) : length;
      const isSame =
        drop?.resourceId === resourceId && drop.start === start && drop.durationQuarters === durationQuarters;
      if (isSame) return;
      drop = { resourceId, start, durationQuarters, decision: targets.judge(resourceId, start, durationQuarters) };
      placeOver(ghost.element, container, columns.length, scale, {
        index: column.index,
        start,
        length: durationQuarters,
      });
      ghost.say(host.wordsOf(visit, drop), !drop.decision.ok);
    },
    finish() {
      const isChange =
        drop &&
        (drop.start !== visit.start ||
          drop.durationQuarters !== length ||
          drop.resourceId !== origin.column.resource.resourceId);
      if (drop && isChange) host.onDrop(visit, drop);
    },
    clear() {
      stopShading?.();
      ghost.remove();
    },
  };
}
