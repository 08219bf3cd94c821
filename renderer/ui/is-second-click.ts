import type { MouseEvent } from 'react';

/**
 * Whether this is the second click of a double click. After a step the same place has the button of the next one, or the
 * button of another patient: the gesture that took one step must not take two.
 */
export function isSecondClick({ detail }: MouseEvent): boolean {
  return detail > 1;
}
