import type { Fault } from './plan.ts';
import type { PokeLine } from './poke-line.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { Link } from './simulated-network.ts';
import type { SimulatedServer } from './simulated-server.ts';
import type { Timeline } from './timeline.ts';

/** The parts that faults can hit. */
export interface Struck {
  readonly timeline: Timeline;
  readonly desks: readonly SimulatedDesk[];
  readonly links: readonly Link[];
  /** Null for each server that is down. */
  readonly servers: (SimulatedServer | null)[];
  readonly pokeLine: PokeLine;
  readonly startServer: (n: number) => void;
  /** True when no fault may happen any more. */
  readonly isHealed: () => boolean;
  readonly note: (line: string) => void;
}

/** Inflicts a fault, and mends it after the time in the plan. */
export function inflict(fault: Fault, struck: Struck): void {
  const { timeline, desks, links, servers, pokeLine, startServer, isHealed, note } = struck;
  switch (fault.kind) {
    case 'cut': {
      const link = links[fault.desk % links.length] as Link;
      note(`desk ${fault.desk % links.length} is cut off`);
      link.isCut = true;
      timeline.after(fault.lasts, () => {
        link.isCut = false;
      });
      return;
    }
    case 'desk-dies': {
      const desk = desks[fault.desk % desks.length] as SimulatedDesk;
      const die = () => {
        if (isHealed()) return;
        desk.kill();
        timeline.after(fault.lasts, () => desk.start());
      };
      if (fault.atStep) desk.killAtStep(fault.atStep, die);
      else die();
      return;
    }
    case 'desk-sleeps':
      (desks[fault.desk % desks.length] as SimulatedDesk).sleep(fault.lasts);
      return;
    case 'clock-jumps':
      (desks[fault.desk % desks.length] as SimulatedDesk).setClock(fault.by);
      return;
    case 'server-is-deaf': {
      const n = fault.server % servers.length;
      if (!servers[n]) return;
      note(`server ${n} is deaf`);
      pokeLine.breakFor(n, fault.lasts);
      return;
    }
    case 'server-dies': {
      const n = fault.server % servers.length;
      const server = servers[n];
      if (!server) return;
      const die = () => {
        if (isHealed()) return;
        note(`server ${n} dies`);
        server.kill();
        servers[n] = null;
        timeline.after(fault.lasts, () => {
          if (!servers[n]) startServer(n);
        });
      };
      if (fault.atCommit === null) die();
      else server.killAtCommit(fault.atCommit, die);
    }
  }
}
