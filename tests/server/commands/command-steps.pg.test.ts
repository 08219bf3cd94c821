import { describe, expect, it } from 'vitest';

import { handleCommand } from '../../../server/api/handle-command.ts';
import { commandSteps, type CommandStep } from '../../../server/commands/command-steps.ts';
import { requireDone, requireRefused, now, withBookingDesk } from '../../builders/booking-desk.ts';
import { bookCommand, registerCommand, actorOf } from '../../builders/commands.ts';

const { admin, pool, clinic, send } = await withBookingDesk();
const [, patient2 = ''] = clinic.patients;

class Stopped extends Error {}

function recording() {
  const steps: CommandStep[] = [];
  return { steps, hooks: { at: (step: CommandStep) => void steps.push(step) } };
}
const stopAt = (wanted: CommandStep) => ({
  at(step: CommandStep) {
    if (step === wanted) throw new Stopped(step);
  },
});
const verdictsOf = ({ commandId }: { readonly commandId: string }) =>
  admin`select from commands where org_id = ${clinic.orgId} and command_id = ${commandId}`;

describe('the steps of a command', () => {
  it('are those of its transaction and then the poke, when it is done', async () => {
    const { steps, hooks } = recording();
    requireDone(await send('book', bookCommand(clinic, 0), hooks));
    expect(steps).toEqual(['begun', 'called', 'before-commit', 'committed', 'before-poke']);
  });

  it('are the refusal and the transaction that stores it, without a poke, when it is refused', async () => {
    requireDone(await send('book', bookCommand(clinic, 4)));
    const { steps, hooks } = recording();
    requireRefused(await send('book', bookCommand(clinic, 4, { patientId: patient2 }), hooks), 'conflict');
    expect(steps).toEqual(['before-refusal', 'begun', 'called', 'before-commit', 'committed']);
  });

  it('are the same for every family of commands', async () => {
    const { steps, hooks } = recording();
    expect((await send('register-patient', registerCommand(clinic), hooks)).ok).toBe(true);
    expect(steps).toEqual(['begun', 'called', 'before-commit', 'committed', 'before-poke']);
  });

  it('are exactly the steps on the list', async () => {
    const { steps, hooks } = recording();
    requireDone(await send('book', bookCommand(clinic, 8), hooks));
    requireRefused(await send('book', bookCommand(clinic, 8, { patientId: patient2 }), hooks), 'conflict');
    expect(new Set(steps)).toEqual(new Set(commandSteps));
  });
});

describe('a server that stops', () => {
  it.each([
    ['begun', 0],
    ['called', 0],
    ['before-commit', 0],
    ['committed', 1],
    ['before-poke', 1],
  ] as const)('at %s leaves %i verdicts, and the same command sent again is done once', async (step, stored) => {
    const offset = 12 + 4 * commandSteps.indexOf(step);
    const command = bookCommand(clinic, offset);
    await expect(send('book', command, stopAt(step))).rejects.toThrow(Stopped);
    expect(await verdictsOf(command)).toHaveLength(stored);
    expect(requireDone(await send('book', command))).toMatchObject({ version: 1 });
    expect(await verdictsOf(command)).toHaveLength(1);
  });

  it('before it stores a refusal leaves the command to be decided afresh', async () => {
    requireDone(await send('book', bookCommand(clinic, 60)));
    const command = bookCommand(clinic, 60, { patientId: patient2 });
    await expect(send('book', command, stopAt('before-refusal'))).rejects.toThrow(Stopped);
    expect(await verdictsOf(command)).toHaveLength(0);
    requireRefused(await send('book', command), 'conflict');
  });
});

it('pokes once for what is done, and not for what is refused', async () => {
  const poked: string[] = [];
  const dependencies = { pool, now: () => now, afterCommit: (orgId: string) => void poked.push(orgId) };
  const command = bookCommand(clinic, 70);
  requireDone(await handleCommand(dependencies, actorOf(clinic), 'book', command));
  const rival = bookCommand(clinic, 70, { patientId: patient2 });
  requireRefused(await handleCommand(dependencies, actorOf(clinic), 'book', rival), 'conflict');
  expect(poked).toEqual([clinic.orgId]);
});
