import type { Quarter } from '../../core/domain/time/quarter.ts';
import { carryVisit, type CarryHost } from './carry-visit.ts';
import { clockAt } from './day-scale.ts';
import { placeOver, pointUnder, type ClientPoint } from './grid-geometry.ts';
import { scrollAtEdges } from './scroll-at-edges.ts';
import { edgeAt, spotUnder, type Edge } from './visit-spot.ts';
import { watchPointer } from './watch-pointer.ts';

/** What the gestures need of the grid as it is now drawn. */
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
 * Turns pointers over the columns into selections, moves and resizes. While one is under way nothing goes through React:
 * an overlay moves by transform. Escape ends it and changes nothing. `wasDrag` tells the click that follows.
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
    return () => {
      const gesture = card ? beginCarry(container, host, card, down) : beginSelect(container, host, down);
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

/** Edges are found by geometry, not drawn: the cursor says where they are. */
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

function beginCarry(container: HTMLElement, host: GestureHost, card: HTMLElement, down: PointerEvent): Gesture | null {
  const { columns, scale } = host;
  const origin = pointUnder(container, columns, scale, down);
  if (!origin) return null;
  const edge = edgeUnder(card, down);
  const carried = carryVisit(container, host, card, origin.index, edge === null);
  if (!carried) return null;
  container.dataset['gesture'] = edge === null ? 'move' : 'resize';
  return {
    update(at) {
      const point = pointUnder(container, columns, scale, at);
      if (point) carried.take(spotUnder(carried.from, { edge, quarter: origin.quarter }, point, scale));
    },
    finish() {
      const drop = carried.drop();
      if (drop) host.onDrop(carried.visit, drop);
    },
    clear: carried.end,
  };
}
