import { gutterPx, headPx, type ClientPoint } from './grid-geometry.ts';

const edgePx = 36;
const maxPxPerFrame = 14;

/** The pixels to scroll in this frame: the nearer the pointer is to the edge or the further beyond it, the more. */
function step(position: number, from: number, until: number): number {
  const before = from + edgePx - position;
  const beyond = position - (until - edgePx);
  if (before > 0) return -Math.min(maxPxPerFrame, Math.ceil(before / 3));
  return beyond > 0 ? Math.min(maxPxPerFrame, Math.ceil(beyond / 3)) : 0;
}

/** Scrolls while a drag is held at an edge. `onScroll` moves the overlay along. Returns a function that stops. */
export function scrollAtEdges(scroller: HTMLElement, pointer: () => ClientPoint, onScroll: () => void): () => void {
  let frame = 0;
  const next = () => {
    const box = scroller.getBoundingClientRect();
    const { clientX, clientY } = pointer();
    const left = scroller.scrollLeft;
    const top = scroller.scrollTop;
    scroller.scrollBy(step(clientX, box.left + gutterPx, box.right), step(clientY, box.top + headPx, box.bottom));
    if (scroller.scrollLeft !== left || scroller.scrollTop !== top) onScroll();
    frame = requestAnimationFrame(next);
  };
  frame = requestAnimationFrame(next);
  return () => cancelAnimationFrame(frame);
}
