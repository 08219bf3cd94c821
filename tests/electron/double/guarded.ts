import { EventEmitter } from 'node:events';

/** Main uses a part of Electron that the double does not have. */
export class DoubleLacksError extends Error {
  constructor(what: string) {
    super(`The double of Electron has no ${what}: add it to tests/electron/double, as electron.d.ts describes it.`);
    this.name = 'DoubleLacksError';
  }
}

/** Guards an object: the use of a missing member throws its name, instead of giving undefined. */
export function guarded<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, key, receiver) {
      // A promise that resolves with the object looks for `then`.
      if (typeof key === 'symbol' || key === 'then' || key in target)
        return Reflect.get(target, key, receiver) as unknown;
      throw new DoubleLacksError(`${name}.${key}`);
    },
  });
}

/** Checks options: those that the double neither acts on nor may ignore are thrown by name. */
export function requireKnown(name: string, given: object, known: readonly string[]): void {
  for (const key of Object.keys(given)) if (!known.includes(key)) throw new DoubleLacksError(`${name}.${key}`);
}

type Listener = (...args: never[]) => void;

/** Emits the listed events, and refuses listeners for others, which would wait for ever. */
export class DoubledEmitter extends EventEmitter {
  readonly doubled: string;
  private readonly names: ReadonlySet<string>;

  constructor(doubled: string, names: readonly string[]) {
    super();
    this.doubled = doubled;
    this.names = new Set(names);
  }

  override on(event: string, listener: Listener): this {
    this.requireEmit(event);
    return super.on(event, listener as (...args: unknown[]) => void);
  }

  override once(event: string, listener: Listener): this {
    this.requireEmit(event);
    return super.once(event, listener as (...args: unknown[]) => void);
  }

  private requireEmit(event: string): void {
    if (!this.names.has(event)) throw new DoubleLacksError(`${this.doubled} event '${event}'`);
  }
}

export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<T extends object>(details: T): T & Preventable {
  let prevented = false;
  return {
    ...details,
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      prevented = true;
    },
  };
}
