import { quantile } from '../bench/statistics.ts';
import { firstVerdict } from './history/journal.ts';
import type { TortureResult } from './run-torture.ts';

/** The figures of a run. */
export interface TortureFigures {
  readonly commands: number;
  /** Commands that a desk told as done. */
  readonly acknowledged: number;
  readonly refusedByServer: number;
  readonly refusedOnDesk: number;
  /** Commands that were first told to wait, and decided later. */
  readonly waited: number;
  /** Commands whose desk was killed before it told anything. */
  readonly neverTold: number;
  /** Commands that the desk did not take, for example because nobody was signed in. */
  readonly notTaken: number;
  /** Seconds from the gesture to the verdict, over all decided commands. */
  readonly verdictSecondsP50: number;
  readonly verdictSecondsP95: number;
  readonly serverKills: number;
  readonly deskKills: number;
  readonly failovers: number;
  readonly linkFaults: number;
  readonly slotsJudged: number;
  readonly slotOperations: number;
  readonly mostOperationsOnASlot: number;
  readonly convergedAfterSeconds: number;
  readonly lost: number;
  readonly decidedTwice: number;
  readonly outOfOrder: number;
  readonly brokenInDatabase: number;
  readonly notLinearizable: number;
  readonly notConverged: number;
  readonly allViolations: number;
}

export function figuresOf(result: TortureResult): TortureFigures {
  const { journal, truth, commands, slots, faults, convergedAfterMs } = result;
  const entries = [...journal.entries.values()];
  const verdicts = entries.map((entry) => firstVerdict(entry)?.decision.kind);
  const seconds = entries.flatMap((entry) => {
    const verdict = firstVerdict(entry);
    return verdict ? [(verdict.at - entry.invokedAt) / 1_000] : [];
  });
  const rounded = (value: number) => Math.round(value * 100) / 100;
  const count = (test: (name: string) => boolean) =>
    Object.entries(faults).reduce((sum, [name, times]) => sum + (test(name) ? times : 0), 0);
  return {
    commands: entries.length,
    acknowledged: verdicts.filter((kind) => kind === 'done').length,
    refusedByServer: verdicts.filter((kind) => kind === 'refused').length - commands.refusedHere,
    refusedOnDesk: commands.refusedHere,
    waited: entries.filter(({ told }) => told[0]?.decision.kind === 'waiting').length,
    neverTold: entries.filter(({ told, notTaken }) => told.length === 0 && notTaken === null).length,
    notTaken: entries.filter(({ notTaken }) => notTaken !== null).length,
    verdictSecondsP50: rounded(quantile(seconds, 0.5)),
    verdictSecondsP95: rounded(quantile(seconds, 0.95)),
    serverKills: faults['server killed'] ?? 0,
    deskKills: faults['desk killed'] ?? 0,
    failovers: count((name) => name.startsWith('primary')),
    linkFaults: count((name) => name.includes('link')),
    slotsJudged: slots.slots,
    slotOperations: slots.operations,
    mostOperationsOnASlot: slots.maxOperations,
    convergedAfterSeconds: Math.round(convergedAfterMs / 100) / 10,
    lost: commands.lost.length,
    decidedTwice: commands.decidedTwice.length,
    outOfOrder: commands.outOfOrder.length,
    brokenInDatabase: truth.broken.length,
    notLinearizable: slots.notLinearizable.length,
    notConverged: result.undecided.length + result.different.length,
    allViolations: violationsOf(result).length,
  };
}

/** Every violation, in words; empty when every promise held. */
export function violationsOf({
  commands,
  slots,
  truth,
  undecided,
  different,
  missingRefusals,
}: TortureResult): string[] {
  const each = (what: string, found: readonly string[]) => found.map((one) => `${what}: ${one}`);
  return [
    ...each('lost', commands.lost),
    ...each('decided twice', commands.decidedTwice),
    ...each('out of order', commands.outOfOrder),
    ...each('wrong', commands.wrong),
    ...each('broken in the database', truth.broken),
    ...each('not linearizable', slots.notLinearizable),
    ...each('could not be judged', slots.unknown),
    ...each('undecided', undecided),
    ...each('not converged', different),
    ...each('refusal not shown', missingRefusals),
  ];
}
