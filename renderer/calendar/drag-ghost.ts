import type { Interval } from '../../core/domain/interval.ts';
import type { DayScale } from './day-scale.ts';
import type { DropTargets } from './drop-targets.ts';

/** A copy of the card that follows the pointer, with a word on what the drop would do. Lives outside of React. */
export interface DragGhost {
  readonly element: HTMLElement;
  say(words: string, isInvalid: boolean): void;
  remove(): void;
}

export function liftCard(container: HTMLElement, card: HTMLElement): DragGhost {
  const element = document.createElement('div');
  element.className = 'drag-ghost';
  element.setAttribute('aria-hidden', 'true');
  const copy = card.cloneNode(true) as HTMLElement;
  // The copy is a picture: nothing may find it as a visit.
  for (const name of ['role', 'tabindex', 'data-visit', 'data-cursor', 'data-edge', 'title', 'aria-label'])
    copy.removeAttribute(name);
  const word = document.createElement('div');
  word.className = 'drag-word tabular';
  element.append(copy, word);
  element.style.display = 'block';
  container.append(element);
  // Adds nothing, and stands still: only where a transform is animated does Chromium take that it may come to lie over
  // anything. Otherwise it looks at each move which of a thousand cards it lies over, 3 ms a frame.
  element.animate({ transform: ['none', 'none'] }, { duration: 1, composite: 'add' }).pause();
  card.dataset['dragged'] = 'true';
  return {
    element,
    say(words, isInvalid) {
      word.textContent = words;
      element.toggleAttribute('data-invalid', isInvalid);
    },
    remove() {
      element.remove();
      delete card.dataset['dragged'];
    },
  };
}

const drawnTogether = 5;

/**
 * Hatches what may not be dropped on: the nearest column at once, the others one a frame, so that no frame of the drag
 * waits for all of them. Five are drawn together: what is drawn below the cards has all of them composed anew, 3 ms a
 * time, and twenty at once are 13 ms. Returns how to stop and clear.
 */
export function shadeForbidden(
  container: HTMLElement,
  scale: DayScale,
  targets: DropTargets,
  resourceIds: readonly string[],
): () => void {
  const masks = new Map<string, HTMLElement>();
  for (const mask of container.querySelectorAll<HTMLElement>('[data-mask]'))
    masks.set(mask.dataset['mask'] ?? '', mask);
  let judged = 0;
  let undrawn: (() => void)[] = [];
  let frame = 0;
  const next = () => {
    const resourceId = resourceIds[judged++] ?? '';
    const mask = masks.get(resourceId);
    if (mask) {
      const stretches = targets.forbidden(resourceId, scale);
      undrawn.push(() => mask.replaceChildren(...hatches(scale, stretches)));
    }
    const isLast = judged >= resourceIds.length;
    if (!isLast) frame = requestAnimationFrame(next);
    if (!isLast && judged % drawnTogether !== 1) return;
    for (const draw of undrawn) draw();
    undrawn = [];
  };
  next();
  return () => {
    cancelAnimationFrame(frame);
    for (const mask of masks.values()) mask.replaceChildren();
  };
}

/** One below the other, each after the stretch that is left free above it. */
function hatches(scale: DayScale, stretches: readonly Interval[]): HTMLElement[] {
  let drawnUntil = scale.start;
  return stretches.map(({ start, end }) => {
    const element = document.createElement('div');
    element.className = 'forbidden';
    element.style.marginTop = `${(start - drawnUntil) * scale.rowPx}px`;
    element.style.height = `${(end - start) * scale.rowPx}px`;
    drawnUntil = end;
    return element;
  });
}
