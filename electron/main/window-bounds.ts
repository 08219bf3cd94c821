export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The calendar needs this much, in pixels: six columns and the people beside them. */
export const minSize = { width: 1024, height: 640 };
const defaultSize = { width: 1440, height: 900 };

/** The part of the title bar that must be on a screen, so that a hand can get hold of the window. */
const reachable = { width: 120, height: 40 };

/**
 * Chooses where to open the window: where a person left it, if a present screen shows enough of the window to take hold of;
 * else in the middle of the first screen. The window is never larger than its screen. `workAreas` are the screens without
 * their task bars, the primary one first.
 * @throws where there is no screen
 */
export function chooseBounds(remembered: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const [primary] = workAreas;
  if (!primary) throw new Error('there is no screen');
  const home = remembered ? workAreas.find((area) => canReach(remembered, area)) : undefined;
  if (remembered && home) return fitInto(remembered, home);
  const { width, height } = fitInto({ ...primary, ...defaultSize }, primary);
  return {
    x: Math.round(primary.x + (primary.width - width) / 2),
    y: Math.round(primary.y + (primary.height - height) / 2),
    width,
    height,
  };
}

function canReach(window: Bounds, area: Bounds): boolean {
  const right = Math.min(window.x + window.width, area.x + area.width);
  const shown = right - Math.max(window.x, area.x);
  return (
    shown >= reachable.width &&
    window.y >= area.y - reachable.height / 2 &&
    window.y <= area.y + area.height - reachable.height
  );
}

function fitInto(window: Bounds, area: Bounds): Bounds {
  const width = Math.min(window.width, area.width);
  const height = Math.min(window.height, area.height);
  // A window that is made narrower in its place may lose the part that could be reached.
  const x = width < window.width ? area.x : window.x;
  return { x, y: Math.max(window.y, area.y), width, height };
}
