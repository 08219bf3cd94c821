import type { ClientPoint } from './grid-geometry.ts';

/** A shorter way is a click, so that a slip of the mouse moves nothing. */
const thresholdPx = 4;
/** A finger that moves further before the long press is over swipes, and so scrolls. */
const swipePx = 8;
const longPressMilliseconds = 350;

export interface PointerGesture {
  update(at: ClientPoint): void;
  finish(): void;
  /** Called at the end of every gesture, also after `finish`. */
  clear(): void;
}

/**
 * Runs one gesture at a time. A mouse or a pen begins a gesture by moving 4 pixels; a finger begins it by resting for 350
 * ms, because a swipe scrolls. Escape, a second pointer, and a pointer that the browser takes away end the gesture without
 * `finish`. During a gesture the `catcher`, which lies over the container, captures the pointer. `begin` is called when the
 * pointer goes down; the function that it returns is called when the gesture begins.
 */
export function watchPointer(
  container: HTMLElement,
  catcher: HTMLElement,
  begin: (down: PointerEvent) => (() => PointerGesture | null) | null,
): { readonly wasDrag: () => boolean; readonly detach: () => void } {
  let dragged = false;
  let gesture: PointerGesture | null = null;
  let end: (() => void) | null = null;

  const onDown = (down: PointerEvent) => {
    if (end) return end();
    dragged = false;
    if (down.button !== 0) return;
    const start = begin(down);
    if (!start) return;
    const isTouch = down.pointerType === 'touch';
    let last: ClientPoint = down;

    const open = () => {
      dragged = true;
      gesture = start();
      if (!gesture) return end?.();
      catcher.setPointerCapture(down.pointerId);
      gesture.update(last);
    };
    const rest = isTouch ? setTimeout(open, longPressMilliseconds) : undefined;

    const onMove = (move: PointerEvent) => {
      if (move.pointerId !== down.pointerId) return;
      last = move;
      if (gesture) return gesture.update(move);
      const distance = Math.hypot(move.clientX - down.clientX, move.clientY - down.clientY);
      if (isTouch) {
        if (distance > swipePx) end?.();
      } else if (move.buttons === 0) {
        // The button was released outside of the window, so no pointerup came.
        end?.();
      } else if (distance > thresholdPx) {
        open();
      }
    };
    const onUp = (up: PointerEvent) => {
      if (up.pointerId !== down.pointerId) return;
      gesture?.finish();
      end?.();
    };
    const onCancel = (event: PointerEvent) => {
      if (event.pointerId === down.pointerId) end?.();
    };
    // The touched element captures a finger first, and loses it. Only a loss of the catcher ends the gesture.
    const onLost = (event: PointerEvent) => {
      if (event.target === catcher) onCancel(event);
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || !gesture) return;
      key.preventDefault();
      key.stopPropagation();
      end?.();
    };
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener('pointermove', onMove, { signal });
    window.addEventListener('pointerup', onUp, { signal });
    window.addEventListener('pointercancel', onCancel, { signal });
    container.addEventListener('lostpointercapture', onLost, { signal });
    window.addEventListener('keydown', onKey, { signal, capture: true });
    end = () => {
      clearTimeout(rest);
      stop.abort();
      const ended = gesture;
      gesture = null;
      end = null;
      ended?.clear();
      if (catcher.hasPointerCapture(down.pointerId)) catcher.releasePointerCapture(down.pointerId);
    };
  };

  // Neither scrolling nor the menu of the long press may end a finger's gesture.
  const onTouchMove = (event: TouchEvent) => {
    if (gesture && event.cancelable) event.preventDefault();
  };
  const onMenu = (event: MouseEvent) => {
    if (dragged) event.preventDefault();
  };
  container.addEventListener('pointerdown', onDown);
  container.addEventListener('touchmove', onTouchMove, { passive: false });
  container.addEventListener('contextmenu', onMenu);
  return {
    wasDrag: () => dragged,
    detach() {
      end?.();
      container.removeEventListener('pointerdown', onDown);
      container.removeEventListener('touchmove', onTouchMove);
      container.removeEventListener('contextmenu', onMenu);
    },
  };
}
