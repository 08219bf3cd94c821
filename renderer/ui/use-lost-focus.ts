import { useLayoutEffect, useRef } from 'react';

/**
 * An action, or another desk, may remove the focused element. The focus then moves to `next` instead of the beginning of the
 * page. The handlers belong on the element that contains the focused one. A blur by the person ends the watch.
 */
export function useLostFocus(next: () => HTMLElement | null | undefined) {
  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    // React sends no blur event while it removes elements.
    if (hasFocus.current && document.activeElement === document.body) next()?.focus({ preventScroll: true });
  });
  return {
    onFocus() {
      hasFocus.current = true;
    },
    onBlur() {
      hasFocus.current = false;
    },
  };
}
