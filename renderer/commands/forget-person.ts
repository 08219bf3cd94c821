/** The last person who was signed in on this page; null on a page that has shown nobody's day. */
let viewer: string | null = null;

/** Notes who sees this page. */
export function noteViewer(userId: string): void {
  viewer = userId;
}

/** Whether this page has shown what somebody else may see. */
export function wasSeenByAnother(userId: string): boolean {
  return viewer !== null && viewer !== userId;
}

/**
 * Loads the page anew, and without the day in its address. So nothing that a person saw or did is left on the page for the
 * next one: no offer to undo, no list, no half-typed name. What was sent is on the desk's disk.
 */
export function forgetPerson(): void {
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  location.reload();
}
