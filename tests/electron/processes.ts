import { execFileSync } from 'node:child_process';

/** Every process of the machine: id, parent, state and command line. */
function list(): { pid: number; parent: number; state: string; args: string }[] {
  const text = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, state = '', args = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), state, args }];
  });
}

/** The children of a process whose command line has this text. */
export function childrenOf(parent: number, text: string): number[] {
  return list().flatMap((each) => (each.parent === parent && each.args.includes(text) ? [each.pid] : []));
}

/** Whether a process runs. False for a process that has ended and waits for its parent to notice. */
export function isRunning(pid: number): boolean {
  return list().some((each) => each.pid === pid && !each.state.startsWith('Z'));
}
