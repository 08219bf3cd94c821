import { useLayoutEffect, useRef } from 'react';

/**
 * What has the focus may go away with what was done to it, or by another desk: the focus then goes on at `next`, and not
 * to the beginning of the page. The handlers belong on the element that holds it; a blur by hand ends it.
 */
export function useLostFocus(next: () => HTMLElement | null | undefined) {
  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    // React tells of no blur while it takes elements away.
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
