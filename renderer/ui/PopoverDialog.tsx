import type { ReactNode } from 'react';
import { Popover } from 'react-aria-components';

interface PopoverDialogProps {
  /** The id of the heading inside the popover that names the dialog. */
  readonly titleId: string;
  readonly className: string;
  /** The edge at which popover and button are level; the start by default. */
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

/**
 * A popover below its button that is itself the dialog. A Dialog inside it would leave its name on an element without a
 * role.
 */
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
