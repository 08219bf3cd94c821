import type { ReactNode } from 'react';
import { Popover } from 'react-aria-components';

interface PopoverDialogProps {
  /** The id of the heading inside that names it. */
  readonly titleId: string;
  readonly className: string;
  /** Which of its edges is the button's; the start where it is left out. */
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

/** A popover below its button that is a dialog itself: a Dialog inside would leave its name on an element without a role. */
export function PopoverDialog({ titleId, className, align = 'start', children }: PopoverDialogProps) {
  return (
    <Popover
      className={`panel outline-none ${className}`}
      aria-labelledby={titleId}
      data-overlay
      placement={`bottom ${align}`}
      offset={4}
    >
      {children}
    </Popover>
  );
}
