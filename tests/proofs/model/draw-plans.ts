import fc from 'fast-check';

import {
  drawnTransitions,
  maxRushQuarters,
  postponeCommits,
  type BookIntent,
  type ClinicPlan,
  type FreshIntent,
  type Intent,
  type After,
  type MoveIntent,
  type Plan,
  type RaiseIntent,
  type ReinstateIntent,
  type ResourcePlan,
  type ServicePlan,
  type TransitionIntent,
} from './plan.ts';

/**
 * The weights follow two rules. Most commands must be possible when taken alone, or they are refused before they meet
 * others. They must want the same few quarters, or they never meet.
 */
const many = fc.nat({ max: 30 });
/** True in one of `times` draws. */
const seldom = (times: number) => fc.nat({ max: times - 1 }).map((n) => n === times - 1);
const usually = (times: number) => seldom(times).map((is) => !is);
const rarelyNull = (arbitrary: fc.Arbitrary<number>) => fc.option(arbitrary, { freq: 40 });
const mostlyNull = (arbitrary: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const mostlyZero = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });

const resource = fc.record<ResourcePlan>({
  capacity: fc.oneof(
    { weight: 4, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 3 }) },
  ),
  closed: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.nat({ max: 7 }), { maxLength: 2 }) },
  ),
  hasBed: usually(3),
});

const service = fc.record<ServicePlan>({
  duration: fc.integer({ min: 1, max: 2 }),
  bufferBefore: mostlyZero,
  bufferAfter: mostlyZero,
  room: fc.constantFrom('none', 'any', 'any', 'bed'),
  needsEquipment: seldom(3),
  patientMayOverlap: seldom(6),
  offeredBy: fc.array(usually(10), { maxLength: 3 }),
});

export const clinic = fc.record<ClinicPlan>({
  openQuarters: fc.integer({ min: 7, max: 9 }),
  providers: fc.array(resource, { minLength: 1, maxLength: 3, size: 'max' }),
  rooms: fc.array(resource, { minLength: 1, maxLength: 3, size: 'max' }),
  equipment: fc.array(resource, { maxLength: 2, size: 'max' }),
  services: fc.array(service, { minLength: 1, maxLength: 3, size: 'max' }),
  patients: fc.integer({ min: 1, max: 5 }),
});

/** Starts: mostly in the rush, sometimes over the edges of the day, seldom days ago. */
const start = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 1, max: maxRushQuarters }) },
  { weight: 3, arbitrary: fc.integer({ min: -1, max: 8 }) },
  { weight: 1, arbitrary: fc.constant(-200) },
);
const duration = fc.integer({ min: 1, max: 3 });
const visit = rarelyNull(many);
/** Follows seldom a command of another visit, or one that comes later. */
const after: fc.Arbitrary<After> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.constant('booking' as const) },
  { weight: 1, arbitrary: many },
);
/** Drawn often, because an undo rarely hits: its target must be a done command of the same visit with its message still there. */
const undoes = fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: many });

const bookFrom = (from: fc.Arbitrary<number>) =>
  fc.record<BookIntent>({
    type: fc.constant('book'),
    sameVisitAs: fc.oneof({ weight: 20, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: many }),
    patient: rarelyNull(many),
    service: rarelyNull(many),
    provider: many,
    start: from,
    duration: mostlyNull(duration),
    room: mostlyNull(many),
    equipment: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: many }),
    after: fc.oneof({ weight: 20, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: many }),
  });

const versionOff = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -1, max: 1 }) },
);

const move = fc.record<MoveIntent>({
  type: fc.constant('move'),
  visit,
  versionOff,
  start: fc.option(start, { freq: 5 }),
  duration: mostlyNull(duration),
  provider: mostlyNull(many),
  room: mostlyNull(many),
  equipment: mostlyNull(many),
  after,
  undoes,
});

const transition = fc.record<TransitionIntent>({
  type: fc.constantFrom(...drawnTransitions),
  visit,
  after,
  undoes,
});

/** A step of the prelude. It draws from few visits, so that one visit takes several steps. */
const firstStep = fc.record<TransitionIntent>({
  type: fc.constantFrom('arrive', 'arrive', 'check-in', 'fulfil', 'fulfil', 'no-show', 'no-show'),
  visit: fc.nat({ max: 2 }),
  after: fc.constant(null),
  undoes: fc.constant(null),
});

const reinstate = fc.record<ReinstateIntent>({
  type: fc.constant('reinstate'),
  visit,
  versionOff,
  after,
  undoes,
});

const raise = fc.record<RaiseIntent>({
  type: fc.constant('raise-capacity'),
  resource: many,
  starts: fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 2 }),
  capacity: fc.integer({ min: 2, max: 3 }),
});

const fresh: fc.Arbitrary<FreshIntent> = fc.oneof(
  { weight: 6, arbitrary: bookFrom(start) },
  { weight: 4, arbitrary: move },
  { weight: 4, arbitrary: transition },
  { weight: 1, arbitrary: reinstate },
  { weight: 1, arbitrary: raise },
);

const intent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 12, arbitrary: fresh },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('again' as const), of: many }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('under-id-of' as const), of: many, intent: fresh }) },
);

const choice = (least: number) => fc.integer({ min: least, max: 2 * postponeCommits - 1 });
const choices = (least: number) => fc.array(choice(least), { minLength: 1, maxLength: 80, size: 'max' });

export const plans: fc.Arbitrary<Plan> = fc.record({
  clinic,
  rushQuarters: fc.integer({ min: 1, max: maxRushQuarters }),
  prelude: fc
    .tuple(
      // The prelude books mostly after the rush, which is left to the clients.
      fc.array(
        bookFrom(fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 5, max: 7 }) }, { weight: 1, arbitrary: start })),
        { maxLength: 5, size: 'max' },
      ),
      fc.array(firstStep, { maxLength: 6, size: 'max' }),
    )
    .map(([bookings, steps]) => [...bookings, ...steps]),
  clients: fc.array(fc.array(intent, { minLength: 1, maxLength: 4, size: 'max' }), {
    minLength: 3,
    maxLength: 6,
    size: 'max',
  }),
  choices: fc.oneof(choices(0), choices(postponeCommits)),
});
