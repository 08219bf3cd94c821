import { DoubledEmitter, guarded } from './guarded.ts';

/** Is loaded before the entry of a utility process, and gives it Electron's `process.parentPort` over Node's own channel. */
class ParentPort extends DoubledEmitter {
  constructor() {
    super('parentPort', ['message']);
  }

  postMessage(message: unknown): void {
    process.send?.(message);
  }

  /** Electron keeps messages until there is a listener. Node's channel does so too while it is not read. */
  override on(event: string, listener: (...args: never[]) => void): this {
    super.on(event, listener);
    process.on('message', (data) => this.emit('message', { data, ports: [] }));
    return this;
  }
}

// A utility process dies with its app, in whatever way the app dies.
process.on('disconnect', () => process.exit(1));
Object.defineProperty(process, 'parentPort', { value: guarded('parentPort', new ParentPort()) });
