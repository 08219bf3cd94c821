/** Something that happened to one object between two moments of one clock. `respondedAt` Infinity: nobody heard of it. */
export interface Operation<Input> {
  readonly name: string;
  readonly invokedAt: number;
  readonly respondedAt: number;
  readonly input: Input;
}

/** What an object does when one thing happens to it at a time. */
export interface SequentialModel<State, Input> {
  readonly initial: State;
  /** The next state, or null where this cannot happen in that state. */
  apply(state: State, input: Input): State | null;
  /** Two states with one key are the same. */
  keyOf(state: State): string;
}

export type Verdict =
  | { readonly kind: 'linearizable' }
  /** In no order that respects the moments could all of it have happened. `stuckAt`: the operations that fit nowhere. */
  | { readonly kind: 'not-linearizable'; readonly stuckAt: readonly string[] }
  /** The search was given up. */
  | { readonly kind: 'unknown' };

interface Event {
  readonly operation: number;
  readonly isCall: boolean;
  before: Event | null;
  next: Event | null;
}

/**
 * Whether operations, each of which did happen, can be put into an order in which the model does them one by one, and
 * in which whatever had ended before another began stands before it. The search of Wing and Gong (1993) with Lowe's
 * memory of configurations (2017), as in porcupine: of two ways to one state by the same operations one is followed.
 * An operation that can happen now and changes nothing is done now, and no order without that is tried: in any order that
 * has it later, it can stand here too, where it hinders nobody.
 */
export function checkLinearizable<State, Input>(
  model: SequentialModel<State, Input>,
  operations: readonly Operation<Input>[],
  maxSteps = 5_000_000,
): Verdict {
  const { head, returnOf } = linkEvents(operations);
  const seen = new Set<string>();
  const done = new Uint32Array(Math.ceil(operations.length / 32));
  const taken: { call: Event; state: State; isFree: boolean }[] = [];
  let state = model.initial;
  let deepest = -1;
  let stuckAt: readonly string[] = [];
  let at = head.next;

  /** Undoes operations down to the last one that was a choice, which is where the search goes on; false: there was none. */
  function takeBack(): boolean {
    for (let last = taken.pop(); last !== undefined; last = taken.pop()) {
      state = last.state;
      flip(done, last.call.operation);
      unlift(last.call, returnOf[last.call.operation]!);
      at = last.call.next;
      if (!last.isFree) return true;
    }
    return false;
  }

  for (let steps = 0; at !== null; steps++) {
    if (steps > maxSteps) return { kind: 'unknown' };
    if (at.isCall) {
      const next = model.apply(state, operations[at.operation]!.input);
      if (next === null) {
        at = at.next;
        continue;
      }
      const isFree = model.keyOf(next) === model.keyOf(state);
      flip(done, at.operation);
      const configuration = `${keyOf(done)}|${model.keyOf(next)}`;
      if (!seen.has(configuration)) {
        seen.add(configuration);
        taken.push({ call: at, state, isFree });
        state = next;
        lift(at, returnOf[at.operation]!);
        at = head.next;
        continue;
      }
      flip(done, at.operation);
      if (!isFree) {
        at = at.next;
        continue;
      }
    } else if (taken.length > deepest) {
      // Somebody heard the end of an operation that fits nowhere before it: the last choice was wrong.
      deepest = taken.length;
      stuckAt = callsBefore(head, at).map((operation) => operations[operation]!.name);
    }
    if (!takeBack()) return { kind: 'not-linearizable', stuckAt };
  }
  return { kind: 'linearizable' };
}

/** Calls and returns in the order of time, as a list that operations can be lifted out of and put back into. */
function linkEvents(operations: readonly Operation<unknown>[]): { head: Event; returnOf: Event[] } {
  const events: { at: number; event: Event }[] = operations.flatMap(({ invokedAt, respondedAt }, operation) => [
    { at: invokedAt, event: { operation, isCall: true, before: null, next: null } },
    { at: respondedAt, event: { operation, isCall: false, before: null, next: null } },
  ]);
  // At one moment calls come first: what touches only there may have happened in either order.
  events.sort((a, b) => (a.at === b.at ? Number(b.event.isCall) - Number(a.event.isCall) : a.at < b.at ? -1 : 1));
  const head: Event = { operation: -1, isCall: true, before: null, next: null };
  const returnOf: Event[] = [];
  let last = head;
  for (const { event } of events) {
    if (!event.isCall) returnOf[event.operation] = event;
    event.before = last;
    last.next = event;
    last = event;
  }
  return { head, returnOf };
}

function lift(call: Event, ret: Event): void {
  for (const event of [call, ret]) {
    if (event.before) event.before.next = event.next;
    if (event.next) event.next.before = event.before;
  }
}

function unlift(call: Event, ret: Event): void {
  for (const event of [ret, call]) {
    if (event.before) event.before.next = event;
    if (event.next) event.next.before = event;
  }
}

function callsBefore(head: Event, end: Event): number[] {
  const calls: number[] = [];
  for (let event = head.next; event !== null && event !== end; event = event.next) calls.push(event.operation);
  return calls;
}

function flip(bits: Uint32Array, n: number): void {
  bits[n >>> 5] = bits[n >>> 5]! ^ (1 << (n & 31));
}

/** Operations are numbered in the order of the history, so what is done is a full stretch and then a short, ragged one. */
function keyOf(bits: Uint32Array): string {
  let from = 0;
  while (from < bits.length && bits[from] === 0xffffffff) from++;
  let until = bits.length;
  while (until > from && bits[until - 1] === 0) until--;
  return `${from}:${bits.subarray(from, until).join(',')}`;
}
