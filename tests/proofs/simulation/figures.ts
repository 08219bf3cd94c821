import { firstVerdict } from '../torture/history/journal.ts';
import type { SimulationRun } from './run-simulation.ts';

/** Counts of what happened in the runs. A run without trouble has shown nothing. */
export interface SimulationFigures {
  runs: number;
  moments: number;
  commands: number;
  done: number;
  refused: number;
  /** Commands that were first told to wait, and decided later. */
  waited: number;
  /** Commands whose desk died while storing them, so that nobody got an answer. */
  unanswered: number;
  /** Transactions that lost to another one, and transactions that lost their connection. */
  racesLost: number;
  connectionsLost: number;
  messagesLost: number;
  deskDeaths: number;
  serverDeaths: number;
  serversDeaf: number;
  cuts: number;
}

export function emptyFigures(): SimulationFigures {
  return {
    runs: 0,
    moments: 0,
    commands: 0,
    done: 0,
    refused: 0,
    waited: 0,
    unanswered: 0,
    racesLost: 0,
    connectionsLost: 0,
    messagesLost: 0,
    deskDeaths: 0,
    serverDeaths: 0,
    serversDeaf: 0,
    cuts: 0,
  };
}

export function noteRun(figures: SimulationFigures, { journal, trace, moments }: SimulationRun): void {
  const entries = [...journal.entries.values()];
  const verdicts = entries.map((entry) => firstVerdict(entry)?.decision.kind);
  const traced = (like: RegExp) => trace.filter((line) => like.test(line)).length;
  figures.runs++;
  figures.moments += moments;
  figures.commands += entries.length;
  figures.done += verdicts.filter((kind) => kind === 'done').length;
  figures.refused += verdicts.filter((kind) => kind === 'refused').length;
  figures.waited += entries.filter(({ told }) => told[0]?.decision.kind === 'waiting').length;
  figures.unanswered += traced(/ is at stored$/);
  figures.racesLost += traced(/ fails: (40001|40P01|HF001)$/);
  figures.connectionsLost += traced(/ fails: ECONNRESET$/);
  figures.messagesLost += traced(/ lost$/);
  figures.deskDeaths += traced(/ desk \d+ dies$/);
  figures.serverDeaths += traced(/ server \d+ dies$/);
  figures.serversDeaf += traced(/ is deaf$/);
  figures.cuts += traced(/ is cut off$/);
}

/** Whether the runs met every kind of trouble that the simulation is for. */
export function hasMetTrouble(figures: SimulationFigures): boolean {
  return Object.values(figures).every((times) => times > 0);
}
