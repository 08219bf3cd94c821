import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { FocusScope } from 'react-aria';
import { Dialog } from 'react-aria-components';

import { useFocusBack } from './use-focus-back.ts';

const gapPx = 8;
const marginPx = 8;

interface AnchoredPanelProps {
  /** A selector for the card or the slot beside the panel. */
  readonly anchor: string;
  readonly label: string;
  readonly onClose: () => void;
  /** A click or Escape elsewhere closes the panel. False for a panel that holds something typed. */
  readonly closesOutside: boolean;
  readonly children: ReactNode;
}

/**
 * A small dialog beside a slot or a card. The calendar stays in sight and in use. The panel follows its anchor when the grid
 * scrolls, stays within the window, takes the focus, and gives the focus back on Escape.
 */
export function AnchoredPanel({ anchor, label, onClose, closesOutside, children }: AnchoredPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  useLayoutEffect(() => {
    close.current = onClose;
  });

  useLayoutEffect(() => {
    const element = panel.current;
    if (!element) return;
    const place = () => putBeside(element, document.querySelector(anchor)?.getBoundingClientRect() ?? null);
    place();
    const resized = new ResizeObserver(place);
    resized.observe(element);
    const moved = new MutationObserver(place);
    const grid = document.querySelector('.day-columns');
    if (grid) moved.observe(grid, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
    window.addEventListener('scroll', place, { capture: true, passive: true });
    window.addEventListener('resize', place);
    return () => {
      resized.disconnect();
      moved.disconnect();
      window.removeEventListener('scroll', place, { capture: true });
      window.removeEventListener('resize', place);
    };
  }, [anchor]);

  useEffect(() => {
    if (!closesOutside) return;
    const onDown = (event: PointerEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      // The panel's own menus and lists are drawn outside of the panel.
      if (!target || panel.current?.contains(target) || target.closest('[data-overlay]')) return;
      close.current();
    };
    // The person may be back in the calendar or in a list while the panel is open. What takes Escape for itself prevents the
    // default.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close.current();
    };
    window.addEventListener('pointerdown', onDown, true);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('pointerdown', onDown, true);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [closesOutside]);

  useFocusBack();

  return (
    <FocusScope restoreFocus>
      <div
        ref={panel}
        role="presentation"
        className="panel fixed top-0 left-0 z-30 w-[21.25rem] max-w-[calc(100vw-16px)]"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.stopPropagation();
          close.current();
        }}
      >
        <Dialog aria-label={label} className="max-h-[calc(100vh-16px)] overflow-auto p-4 outline-none">
          {children}
        </Dialog>
      </div>
    </FocusScope>
  );
}

/** Puts the panel at the right of the anchor where there is room, else at its left; level with it, and within the window. */
function putBeside(panel: HTMLElement, anchor: DOMRect | null): void {
  const { width, height } = panel.getBoundingClientRect();
  const within = (value: number, most: number) => Math.max(marginPx, Math.min(value, most - marginPx));
  const at = anchor ?? new DOMRect(window.innerWidth / 2, window.innerHeight / 3, 0, 0);
  const right = at.right + gapPx;
  const left = at.left - gapPx - width;
  const isRoomAtRight = right + width + marginPx <= window.innerWidth;
  const x = isRoomAtRight ? right : within(left, window.innerWidth - width);
  const y = within(at.top - 8, window.innerHeight - height);
  panel.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}
