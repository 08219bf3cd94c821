import type { Quarter } from '../../core/domain/time/quarter.ts';
import { clockAt } from '../words/day-scale.ts';
import { edgeAt, positionUnder, type Edge } from './carry-position.ts';
import { prepareCarry, type Carried, type CarryHost } from './carry-visit.ts';
import { measureGrid, placeOver, pointUnder, type ClientPoint } from './grid-geometry.ts';
import { scrollAtEdges } from './scroll-at-edges.ts';
import { watchPointer } from './watch-pointer.ts';

/** What the gestures need of the grid as it is drawn now. */
export interface GestureHost extends CarryHost {
  readonly maySelect: boolean;
  onSelect(resourceId: string, start: Quarter, end: Quarter): void;
}

interface Gesture {
  update(at: ClientPoint): void;
  finish(): void;
  clear(): void;
}

/**
 * Turns pointers over the columns into selections, moves and resizes. A running gesture does not go through React: a
 * transform moves an overlay. Escape ends the gesture without a change. `wasDrag` tells the click that follows a drag from
 * other clicks.
 */
export function attachGestures(
  container: HTMLElement,
  scroller: HTMLElement,
  hostNow: () => GestureHost,
): { readonly wasDrag: () => boolean; readonly detach: () => void } {
  const stopPointing = showEdges(container);
  const catcher = container.querySelector<HTMLElement>('.gesture-catcher') ?? container;
  const watch = watchPointer(container, catcher, (down) => {
    const target = down.target instanceof Element ? down.target : null;
    if (!target || target.closest('button, .column-head')) return null;
    const host = hostNow();
    const card = target.closest<HTMLElement>('[data-visit]');
    if (card ? card.dataset['movable'] === undefined : !host.maySelect) return null;
    const begin = card ? prepareToCarry(container, host, card, down) : () => beginSelect(container, host, down);
    if (!begin) return null;
    return () => {
      const gesture = begin();
      if (!gesture) return null;
      let last: ClientPoint = down;
      const stopScrolling = scrollAtEdges(
        scroller,
        () => last,
        () => gesture.update(last),
      );
      return {
        update(at) {
          last = at;
          gesture.update(at);
        },
        finish: gesture.finish,
        clear() {
          stopScrolling();
          gesture.clear();
          delete container.dataset['gesture'];
        },
      };
    };
  });
  return {
    wasDrag: watch.wasDrag,
    detach() {
      stopPointing();
      watch.detach();
    },
  };
}

function edgeUnder(card: HTMLElement, at: ClientPoint): Edge {
  const box = card.getBoundingClientRect();
  return edgeAt(at.clientY - box.top, box.height);
}

/** Shows the edges of a card by the mouse cursor alone: geometry finds them, and nothing is drawn. */
function showEdges(container: HTMLElement): () => void {
  const onMove = (move: PointerEvent) => {
    if (move.buttons !== 0 || !(move.target instanceof Element)) return;
    const card = move.target.closest<HTMLElement>('[data-movable]');
    if (!card) return;
    const edge = edgeUnder(card, move);
    if (edge === null) delete card.dataset['edge'];
    else card.dataset['edge'] = edge;
  };
  container.addEventListener('pointermove', onMove, { passive: true });
  return () => container.removeEventListener('pointermove', onMove);
}

function beginSelect(container: HTMLElement, host: GestureHost, down: PointerEvent): Gesture | null {
  const { columns, scale } = host;
  const origin = pointUnder(measureGrid(container), columns, scale, down);
  const box = container.querySelector<HTMLElement>('.selection');
  if (!origin || !box) return null;
  const from = origin.quarter;
  let window = { start: from, end: from + 1 };
  container.dataset['gesture'] = 'select';
  return {
    update(at) {
      const grid = measureGrid(container);
      const quarter = pointUnder(grid, columns, scale, at)?.quarter ?? from;
      window = { start: Math.min(from, quarter), end: Math.max(from, quarter) + 1 };
      const { start } = window;
      box.style.display = 'block';
      box.textContent = `${clockAt(scale, start)}–${clockAt(scale, window.end)}`;
      placeOver(box, grid, columns.length, scale, { index: origin.index, start, length: window.end - start });
    },
    finish: () => host.onSelect(origin.column.resource.resourceId, window.start, window.end),
    clear() {
      box.style.display = 'none';
    },
  };
}

function prepareToCarry(
  container: HTMLElement,
  host: GestureHost,
  card: HTMLElement,
  down: PointerEvent,
): (() => Gesture) | null {
  const { columns, scale } = host;
  const origin = pointUnder(measureGrid(container), columns, scale, down);
  const lift = origin && prepareCarry(container, host, card, origin.index);
  if (!lift) return null;
  const edge = edgeUnder(card, down);
  return () => {
    let carried: Carried | null = null;
    return {
      update(at) {
        const grid = measureGrid(container);
        const point = pointUnder(grid, columns, scale, at);
        if (!carried) {
          container.dataset['gesture'] = edge === null ? 'move' : 'resize';
          carried = lift(edge === null);
        }
        if (point) carried.moveTo(positionUnder(carried.from, { edge, quarter: origin.quarter }, point, scale), grid);
      },
      finish() {
        const drop = carried?.drop();
        if (carried && drop) host.onDrop(carried.visit, drop);
      },
      clear: () => carried?.end(),
    };
  };
}
