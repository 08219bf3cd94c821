/**
 * One end of Electron's context bridge: values are copied, functions and promises become stand-ins, and everything else that
 * cannot be copied is refused. The worlds share the document and nothing else: a DOM event carries each message, under a
 * name that the page does not know. The page runs this function from its source.
 */
export function makeBridge(secret: string, mine: string, theirs: string) {
  type Crossing =
    | { readonly is: 'value'; readonly value: unknown }
    | { readonly is: 'function' | 'promise'; readonly id: number }
    | { readonly is: 'error'; readonly message: string }
    | { readonly is: 'array'; readonly items: readonly Crossing[] }
    | { readonly is: 'object'; readonly entries: readonly (readonly [string, Crossing])[] };
  type Message =
    | { readonly type: 'expose'; readonly key: string; readonly api: Crossing }
    | { readonly type: 'call'; readonly id: number; readonly args: readonly Crossing[] }
    | { readonly type: 'return'; readonly ok: boolean; readonly value: Crossing }
    | { readonly type: 'settle'; readonly id: number; readonly ok: boolean; readonly value: Crossing };

  const shared = document;
  const dispatch = shared.dispatchEvent.bind(shared);
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const awaited = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  const returned: Extract<Message, { type: 'return' }>[] = [];
  const cloneable = [Date, RegExp, Map, Set, ArrayBuffer];
  let lastId = 0;

  const tell = (message: Message) => dispatch(new CustomEvent(`${secret}${theirs}`, { detail: message }));
  const reasonOf = (error: unknown): Crossing => ({
    is: 'error',
    message: error instanceof Error ? error.message : String(error),
  });

  function out(value: unknown): Crossing {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')) {
      return { is: 'value', value };
    }
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
    if (typeof value === 'function') {
      lastId += 1;
      functions.set(lastId, value as (...args: unknown[]) => unknown);
      return { is: 'function', id: lastId };
    }
    if (value instanceof Promise) {
      lastId += 1;
      const id = lastId;
      value.then(
        (result: unknown) => tell({ type: 'settle', id, ok: true, value: out(result) }),
        (error: unknown) => tell({ type: 'settle', id, ok: false, value: reasonOf(error) }),
      );
      return { is: 'promise', id };
    }
    if (value instanceof Error) return reasonOf(value);
    if (Array.isArray(value)) return { is: 'array', items: value.map(out) };
    if (cloneable.some((kind) => value instanceof kind) || ArrayBuffer.isView(value)) return { is: 'value', value };
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) throw new TypeError('An object could not be cloned.');
    return { is: 'object', entries: Object.entries(value).map(([key, each]) => [key, out(each)] as const) };
  }

  function back(crossing: Crossing): unknown {
    switch (crossing.is) {
      case 'value':
        return crossing.value;
      case 'error':
        return new Error(crossing.message);
      case 'array':
        return crossing.items.map(back);
      case 'object':
        return Object.fromEntries(crossing.entries.map(([key, each]) => [key, back(each)]));
      case 'promise':
        return new Promise((resolve, reject) => awaited.set(crossing.id, { resolve, reject }));
      case 'function':
        return (...args: unknown[]) => {
          tell({ type: 'call', id: crossing.id, args: args.map(out) });
          // An event is dispatched within the call that sends it, so the answer is here.
          const answer = returned.pop();
          if (!answer) throw new Error('The other world is gone.');
          if (!answer.ok) throw back(answer.value);
          return back(answer.value);
        };
    }
  }

  function takeCall(id: number, args: readonly Crossing[]): void {
    try {
      tell({ type: 'return', ok: true, value: out(functions.get(id)?.(...args.map(back))) });
    } catch (error) {
      tell({ type: 'return', ok: false, value: reasonOf(error) });
    }
  }

  function freeze(value: unknown): unknown {
    if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) freeze(each);
    return Object.freeze(value);
  }

  shared.addEventListener(`${secret}${mine}`, (event) => {
    const message = (event as CustomEvent<Message>).detail;
    switch (message.type) {
      case 'expose':
        Object.defineProperty(window, message.key, { value: freeze(back(message.api)), enumerable: true });
        break;
      case 'call':
        takeCall(message.id, message.args);
        break;
      case 'return':
        returned.push(message);
        break;
      case 'settle': {
        const waiting = awaited.get(message.id);
        awaited.delete(message.id);
        if (message.ok) waiting?.resolve(back(message.value));
        else waiting?.reject(back(message.value));
        break;
      }
    }
  });

  return { expose: (key: string, api: unknown) => tell({ type: 'expose', key, api: out(api) }) };
}
