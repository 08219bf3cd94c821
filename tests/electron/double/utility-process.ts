import { fork } from 'node:child_process';

import type { ForkOptions, UtilityProcess } from 'electron';

import { DoubledEmitter, guarded, requireKnown } from './guarded.ts';
import { tell } from './machine.ts';

const entry = new URL('parent-port.ts', import.meta.url).href;

class DoubledUtility extends DoubledEmitter {
  private readonly child: ReturnType<typeof fork>;

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super('utilityProcess', ['message', 'exit', 'spawn', 'error']);
    requireKnown('utilityProcess.fork options', options, ['serviceName', 'stdio']);
    this.child = fork(modulePath, args, {
      execArgv: ['--import', entry],
      stdio:
        options.stdio === 'ignore' ? ['ignore', 'ignore', 'ignore', 'ipc'] : ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    tell({ tell: 'utility', pid: this.child.pid ?? 0 });
    this.child.on('message', (message) => this.emit('message', message));
    this.child.once('exit', (code) => this.emit('exit', code ?? 1));
    this.child.once('spawn', () => this.emit('spawn'));
  }

  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object);
  }

  kill(): boolean {
    return this.child.kill();
  }
}

export const utilityProcess = guarded('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}) =>
    guarded('utilityProcess', new DoubledUtility(modulePath, args, options)) as unknown as UtilityProcess,
});
