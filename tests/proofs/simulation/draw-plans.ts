import fc from 'fast-check';

import { clinic } from '../model/draw-plans.ts';
import { drawnTransitions, maxRushQuarters } from '../model/plan.ts';
import type { Deed, DeskPlan, Fault, NetworkPlan, Place, SimulationPlan, TimedDeed } from './plan.ts';

/**
 * The weights follow three rules. Desks must want the same few quarters, or they never meet. Most deeds must be possible
 * when taken alone. Faults are long enough that a person does something meanwhile.
 */
const many = fc.nat({ max: 30 });
const start = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: maxRushQuarters }) },
  { weight: 3, arbitrary: fc.integer({ min: -1, max: 8 }) },
);
const place = { provider: many, start } satisfies { [K in keyof Place]: unknown };
const booking = {
  ...place,
  patient: many,
  service: many,
  duration: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
};

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ type: fc.constant('book' as const), ...booking }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('register-and-book' as const), ...booking }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('move' as const), visit: many, ...place }) },
  {
    weight: 7,
    arbitrary: fc.record({
      type: fc.constantFrom(...drawnTransitions),
      visit: many,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('reinstate' as const), visit: many }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('undo' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('raise-capacity' as const),
      resource: many,
      start,
      capacity: fc.integer({ min: 2, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('join-waitlist' as const), patient: many, service: many }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('leave-waitlist' as const), entry: many }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('resolve' as const),
      as: fc.constantFrom('rebooked', 'kept-on-waitlist', 'discarded'),
    }),
  },
);

/** Often the same moments at every desk, so that the deeds of several desks meet. */
const timedDeed = fc.record<TimedDeed>({
  after: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.nat({ max: 3 }).map((n) => n * 500) },
    { weight: 2, arbitrary: fc.nat({ max: 12 }).map((n) => n * 1_000) },
  ),
  deed,
  twice: fc.nat({ max: 19 }).map((n) => n === 19),
});

const aDay = 86_400_000;
const skew = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: -120_000, max: 120_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -aDay / 4, max: aDay / 12 }) },
);

const desk = fc.record<DeskPlan>({
  isPaired: fc.boolean(),
  skew,
  deeds: fc.array(timedDeed, { minLength: 4, maxLength: 9, size: 'max' }),
});

const network = fc.record<NetworkPlan>({
  slowest: fc.constantFrom(4, 4, 40, 200, 1_000),
  late: fc.constantFrom(0, 2, 10),
  lost: fc.constantFrom(0, 0, 3, 12),
  twice: fc.constantFrom(0, 3, 12),
  broken: fc.constantFrom(0, 0, 1, 4),
  held: fc.constantFrom(0, 2, 8),
});

const when = {
  // People are done after some twelve seconds. Later faults would hit nobody.
  at: fc.nat({ max: 15_000 }),
  lasts: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 8_000 }) }, { weight: 1, arbitrary: fc.nat({ max: 40_000 }) }),
};
const ofDesk = { ...when, desk: fc.nat({ max: 3 }) };

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('cut' as const), ...ofDesk }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('desk-dies' as const),
      ...ofDesk,
      // With 'any' the next step is mostly one of the feed. A death while storing a command is a case by itself.
      atStep: fc.constantFrom(null, null, 'any', 'stored'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('desk-sleeps' as const), ...ofDesk }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('server-dies' as const),
      ...when,
      server: fc.nat({ max: 2 }),
      atCommit: fc.constantFrom(null, 'before', 'after'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('server-is-deaf' as const), ...when, server: fc.nat({ max: 2 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('clock-jumps' as const), ...ofDesk, by: skew }) },
);

export const simulationPlans: fc.Arbitrary<SimulationPlan> = fc.record({
  clinic,
  rushQuarters: fc.integer({ min: 1, max: maxRushQuarters }),
  servers: fc.integer({ min: 1, max: 3 }),
  desks: fc.array(desk, { minLength: 2, maxLength: 4, size: 'max' }),
  network,
  faults: fc.array(fault, { maxLength: 6, size: 'max' }),
  entropy: fc.nat(),
});
