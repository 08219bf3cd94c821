import type { KeyboardEvent } from 'react';

/**
 * Keeps a held Enter or space bar from pressing a button again and again: the button under the focus may be another person's
 * after the first step.
 */
export function ignoreHeldKey(event: KeyboardEvent): void {
  if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
}
