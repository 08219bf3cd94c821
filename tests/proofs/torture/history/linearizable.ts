/** An operation on one object between two moments of one clock. `respondedAt` is Infinity when nobody got an answer. */
export interface Operation<Input> {
  readonly name: string;
  readonly invokedAt: number;
  readonly respondedAt: number;
  readonly input: Input;
}

/** How an object behaves when its operations happen one at a time. */
export interface SequentialModel<State, Input> {
  readonly initial: State;
  /** The next state; null when the operation cannot happen in this state. */
  apply(state: State, input: Input): State | null;
  /** Two states with the same key are equal. */
  keyOf(state: State): string;
}

export type Verdict =
  | { readonly kind: 'linearizable' }
  /** No order that respects the moments allows all operations. `stuckAt`: the operations that fit nowhere. */
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
 * Whether there is an order of the operations in which the model allows each one, and in which an operation that ended
 * before another began comes first. Every operation did happen. This is the search of Wing and Gong (1993) with Lowe's
 * memory of configurations (2017), as in porcupine: when two orders of the same operations lead to one state, only one is
 * followed. An operation that is possible now and changes nothing is done at once, and no other order is tried: it could
 * stand here in any order that has it later, and hinders no other operation.
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

  /** Undoes operations down to the last choice, where the search goes on; false when no choice is left. */
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
      // This operation returned and fits nowhere before its return, so the last choice was wrong.
      deepest = taken.length;
      stuckAt = callsBefore(head, at).map((operation) => operations[operation]!.name);
    }
    if (!takeBack()) return { kind: 'not-linearizable', stuckAt };
  }
  return { kind: 'linearizable' };
}

/** Calls and returns in the order of time, as a linked list: operations are taken out of it and put back. */
function linkEvents(operations: readonly Operation<unknown>[]): { head: Event; returnOf: Event[] } {
  const events: { at: number; event: Event }[] = operations.flatMap(({ invokedAt, respondedAt }, operation) => [
    { at: invokedAt, event: { operation, isCall: true, before: null, next: null } },
    { at: respondedAt, event: { operation, isCall: false, before: null, next: null } },
  ]);
  // Calls come before returns of the same moment: operations that only touch there may have happened in either order.
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

/** Operations are numbered in the order of the history, so the done ones are a full stretch and then a short, ragged one. */
function keyOf(bits: Uint32Array): string {
  let from = 0;
  while (from < bits.length && bits[from] === 0xffffffff) from++;
  let until = bits.length;
  while (until > from && bits[until - 1] === 0) until--;
  return `${from}:${bits.subarray(from, until).join(',')}`;
}
