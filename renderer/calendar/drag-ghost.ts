import type { DayScale } from '../words/day-scale.ts';
import type { DropTargets } from './drop-targets.ts';
import { layersOf } from './ground-layers.ts';

/** A copy of the card that follows the pointer, with a word on what the drop would do. The ghost lives outside of React. */
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
  // The copy is only a picture: no selector may find it as a visit.
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

const property = '--forbidden-places';

/**
 * Hatches the forbidden places. Taken and closed slots are hatched at once. What the rules forbid beyond them follows one
 * column a frame, the nearest first, so that no frame of the drag waits for all judgements. Returns a function that stops
 * and clears.
 */
export function shadeForbidden(
  container: HTMLElement,
  scale: DayScale,
  targets: DropTargets,
  nearestFirst: readonly string[],
): () => void {
  const grounds = nearestFirst.map((resourceId) => {
    const element = container.querySelector<HTMLElement>(`[data-ground="${resourceId}"]`);
    const drawn = layersOf('forbidden', targets.occupied(resourceId, scale), scale);
    element?.style.setProperty(property, drawn);
    return { resourceId, element, drawn };
  });
  let judged = 0;
  let frame = 0;
  const next = () => {
    const ground = grounds[judged++];
    if (!ground) return;
    const layers = layersOf('forbidden', targets.forbidden(ground.resourceId, scale), scale);
    if (layers !== ground.drawn) ground.element?.style.setProperty(property, layers);
    frame = requestAnimationFrame(next);
  };
  frame = requestAnimationFrame(next);
  return () => {
    cancelAnimationFrame(frame);
    for (const { element } of grounds) element?.style.removeProperty(property);
  };
}
