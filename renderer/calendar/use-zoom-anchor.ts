import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

import type { DayScale } from '../words/day-scale.ts';
import { anchoredTop, headPx } from './grid-geometry.ts';
import type { Cursor } from './move-cursor.ts';

/**
 * Keeps one time at its height on the screen while the zoom changes: that of the focused cell, else that under the pointer,
 * else that in the middle.
 */
export function useZoomAnchor(scroller: RefObject<HTMLElement | null>, scale: DayScale, cursor: Cursor | null): void {
  // The browser may limit the scroll position to the new height after the change, so the position before it is kept here.
  const seen = useRef({ scale, top: 0, pointer: null as number | null });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const stop = new AbortController();
    const options = { passive: true, signal: stop.signal };
    const onScroll = () => {
      seen.current.top = element.scrollTop;
    };
    onScroll();
    element.addEventListener('scroll', onScroll, options);
    element.addEventListener(
      'pointermove',
      ({ clientY }) => {
        seen.current.pointer = clientY;
      },
      options,
    );
    element.addEventListener(
      'pointerleave',
      () => {
        seen.current.pointer = null;
      },
      options,
    );
    return () => stop.abort();
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    const { scale: before, top, pointer } = seen.current;
    seen.current.scale = scale;
    if (!element || before.rowPx === scale.rowPx || before.date !== scale.date) return;
    const shown = element.clientHeight - headPx;
    const focused =
      cursor && element.contains(document.activeElement) ? (cursor.quarter - scale.start) * before.rowPx - top : null;
    const under = pointer === null ? null : pointer - element.getBoundingClientRect().top - headPx;
    const y = [focused, under].find((at) => at !== null && at >= 0 && at < shown) ?? shown / 2;
    element.scrollTo({ top: anchoredTop({ top, y, from: before.rowPx, to: scale.rowPx }) });
    seen.current.top = element.scrollTop;
  });
}
