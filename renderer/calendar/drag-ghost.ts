import type { Quarter } from '../../core/domain/time/quarter.ts';
import { topOf, type DayScale } from './day-scale.ts';
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

/**
 * Hatches what may not be dropped on, one column per frame and the nearest first, so that no frame of the drag waits
 * for all of them. Returns how to stop and clear.
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
  const queue = [...resourceIds];
  let frame = 0;
  const next = () => {
    const resourceId = queue.shift();
    const mask = resourceId === undefined ? undefined : masks.get(resourceId);
    if (resourceId !== undefined && mask) {
      mask.replaceChildren(...targets.forbidden(resourceId, scale).map(({ start, end }) => hatch(scale, start, end)));
    }
    if (queue.length > 0) frame = requestAnimationFrame(next);
  };
  next();
  return () => {
    cancelAnimationFrame(frame);
    for (const mask of masks.values()) mask.replaceChildren();
  };
}

function hatch(scale: DayScale, start: Quarter, end: Quarter): HTMLElement {
  const element = document.createElement('div');
  element.className = 'forbidden';
  element.style.top = `${topOf(scale, start)}px`;
  element.style.height = `${(end - start) * scale.rowPx}px`;
  return element;
}
