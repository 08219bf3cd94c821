import { setImmediate as nextTurn } from 'node:timers/promises';

/** Simulated time, which passes only from one event to the next. Milliseconds from 0. */
export interface Timeline {
  now(): number;
  /** Calls the function this much later, unless the returned function is called before. */
  after(milliseconds: number, act: () => void): () => void;
  /** Runs every event of the next `milliseconds`, one after the other, or stops at `isOver`. */
  run(milliseconds: number, isOver?: () => boolean): Promise<void>;
  /** The number of events so far. */
  happened(): number;
}

/** Work outside the timeline (statements in PostgreSQL) that must come to rest between two events. */
export interface Elsewhere {
  /** True when no work is under way that could end by itself. False, after some progress, when there is such work. */
  isStill(): boolean | Promise<boolean>;
}

interface Moment {
  readonly at: number;
  readonly number: number;
  readonly act: () => void;
  cancelled: boolean;
}

/**
 * After this many empty turns of the event loop nothing is left that would go on by itself: promises and streams need at
 * most one turn for each of their steps.
 */
const quietTurns = 3;

export function openTimeline(elsewhere: Elsewhere): Timeline {
  const moments = openQueue();
  let now = 0;
  let count = 0;
  let happened = 0;

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < quietTurns;) {
      const before = count;
      await nextTurn();
      const isStill = elsewhere.isStill();
      quiet = (isStill === true || (await isStill)) && before === count ? quiet + 1 : 0;
    }
  }

  return {
    now: () => now,
    happened: () => happened,
    after(milliseconds, act) {
      const moment = { at: now + Math.max(0, milliseconds), number: count++, act, cancelled: false };
      moments.add(moment);
      return () => {
        moment.cancelled = true;
      };
    },
    async run(milliseconds, isOver = () => false) {
      const until = now + milliseconds;
      await settle();
      for (let next = moments.first(); !isOver() && next && next.at <= until; next = moments.first()) {
        moments.removeFirst();
        if (next.cancelled) continue;
        now = next.at;
        happened++;
        next.act();
        await settle();
      }
      if (!isOver()) now = until;
    },
  };
}

const isBefore = (a: Moment, b: Moment) => a.at < b.at || (a.at === b.at && a.number < b.number);

/** A heap of the due events, the first one on top. */
function openQueue() {
  const heap: Moment[] = [];
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b] as Moment, heap[a] as Moment];
  };
  const isLess = (a: number, b: number) => isBefore(heap[a] as Moment, heap[b] as Moment);

  return {
    first: (): Moment | undefined => heap[0],
    add(moment: Moment): void {
      heap.push(moment);
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!isLess(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    removeFirst(): void {
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return;
      heap[0] = last;
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        const lesser = right < heap.length && isLess(right, left) ? right : left;
        if (lesser >= heap.length || !isLess(lesser, at)) break;
        swap(at, lesser);
        at = lesser;
      }
    },
  };
}
