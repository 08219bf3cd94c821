import type { BenchResult } from '../bench.ts';
import type { Bar, Section } from '../report/report.ts';
import type { ArmResult } from '../run-arms.ts';
import type { Flatness } from './flat.ts';
import type { Losers } from './losers.ts';

export interface BookingMeasured {
  /** By number of clients, then by arm. */
  readonly at: ReadonlyMap<number, Readonly<Record<string, ArmResult>>>;
  readonly losers: Losers;
  readonly races: Readonly<Record<string, { doubleBooked: number; mostWinners: number; losersP99: number }>>;
  readonly conflictsOfOthers: Readonly<Record<string, number>>;
  readonly retries: { readonly call: number; readonly overHttp: number };
  readonly flat: Flatness | null;
  readonly version: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly defaultPast: number;
  readonly maxClients: number;
  readonly racesOfOthers: number;
}

/** The bars are stated for this many clients at once. */
const clientsOfBars = 32;
const http = 'booking over HTTP';
const call = 'the booking call';

const round = (value: number, digits = 0) => Number(value.toFixed(digits));
const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

/** Tables, pictures and bars of one run. */
export function reportBooking(measured: BookingMeasured): BenchResult {
  const { at, losers, flat, retries, version } = measured;
  const rows = [...at].flatMap(([clients, arms]) =>
    Object.entries(arms).map(([arm, { perSecond, p50, p95, p99 }]) => ({
      clients,
      arm,
      '/s': round(perSecond),
      'of the floor': round(perSecond / (arms['the floor']?.perSecond ?? 0), 2),
      'p50 ms': round(p50, 1),
      'p95 ms': round(p95, 1),
      'p99 ms': round(p99, 1),
    })),
  );
  const bars = barsOf(measured);
  return {
    rows,
    summary: bars.map(({ name, measured: value }) => `${name}: ${value}`).join('; '),
    bars,
    report: {
      title: 'Booking',
      intro: [
        `Bookings of half an hour of a provider, a room and a piece of equipment, ${measured.rounds} rounds of ${measured.seconds} s an arm,`,
        'the arms in turn and the order turned round each time, medians over the rounds, a first round as warm-up. Embedded',
        `PostgreSQL with fsync on, a clinic with ${measured.defaultPast.toLocaleString('en')} visits behind it, 24 providers, 24 rooms and`,
        '24 pieces of equipment at one site, the load generator on the same cores. Rates drift with the machine; compare ratios.',
      ].join(' '),
      sections: [throughput(measured, rows), oneSlot(measured), ...(flat ? [flatness(flat)] : [])],
      notes: [
        '**The floor** writes the same rows by one call of a function and checks nothing, over the same driver and in the same shape of transaction.',
        '**A POST that does nothing** goes through the same HTTP layer, which parses the same body and answers `{}`.',
        `Run again for 40001 or 40P01: ${retries.call} of the bare calls, ${retries.overHttp} of the transactions behind HTTP.`,
        'The mechanisms of others write fewer rows than ours (no slots, no command, no change feed), which is in their favour; what failed is not counted in their rate.',
      ],
      versions: { PostgreSQL: version },
      figures: { ...measured, at: Object.fromEntries(at), losers },
    },
  };
}

function barsOf({ at, losers, flat, retries }: BookingMeasured): Bar[] {
  const arms = at.get(clientsOfBars);
  const all = [...at.values()];
  const attempts = (arm: string) => all.reduce((sum, results) => sum + (results[arm]?.attempts ?? 0), 0);
  const again = retries.call + retries.overHttp;
  const tried = attempts(call) + attempts(http);
  const ofUncontended = losers.losersP99 / losers.uncontendedP99;
  const bars: Bar[] = [
    {
      name: '40001 in less than 0.5 % of uncontended attempts',
      measured: percent(again, tried),
      met: again / tried < 0.005,
    },
    {
      name: "losers' p99 at most 3 × the p99 of an uncontended booking",
      measured: `${ofUncontended.toFixed(2)} ×`,
      met: ofUncontended <= 3,
    },
  ];
  if (arms) {
    const rate = (arm: string) => arms[arm]?.perSecond ?? 0;
    const ofFloor = rate(call) / rate('the floor');
    const ofParts = rate(http) * (1 / rate(call) + 1 / rate('the facts query') + 1 / rate('a POST that does nothing'));
    bars.unshift(
      {
        name: `the bare call at least 0.7 of the floor at ${clientsOfBars} clients`,
        measured: ofFloor.toFixed(2),
        met: ofFloor >= 0.7,
      },
      {
        name: `HTTP at least 0.85 of its parts at ${clientsOfBars} clients`,
        measured: ofParts.toFixed(2),
        met: ofParts >= 0.85,
      },
    );
  }
  if (flat) {
    const slower = flat.few.perSecond / flat.many.perSecond;
    bars.push({
      name: `with ${flat.past.toLocaleString('en')} past visits at most 1.2 × as slow`,
      measured: `${slower.toFixed(2)} ×`,
      met: slower <= 1.2,
    });
  }
  return bars;
}

function throughput({ at }: BookingMeasured, rows: readonly Readonly<Record<string, string | number>>[]): Section {
  const values = [...at].flatMap(([clients, arms]) =>
    Object.entries(arms)
      .filter(([arm]) => !['the facts query', 'a POST that does nothing'].includes(arm))
      .map(([arm, { perSecond, p99 }]) => ({
        clients: String(clients),
        arm,
        perSecond: round(perSecond),
        p99: round(p99, 1),
      })),
  );
  const order = [...at.keys()].map(String);
  return {
    heading: 'Uncontended',
    table: { columns: Object.keys(rows[0] ?? {}), rows: rows.map((row) => Object.values(row)) },
    plots: [
      {
        name: 'throughput',
        alt: 'Bookings per second of each mechanism, by the number of clients',
        spec: {
          data: { values },
          width: 360,
          mark: { type: 'line', point: true },
          encoding: {
            x: { field: 'clients', type: 'ordinal', sort: order, title: 'clients' },
            y: { field: 'perSecond', type: 'quantitative', title: 'bookings per second' },
            color: { field: 'arm', type: 'nominal', title: null },
          },
        },
      },
      {
        name: 'latency',
        alt: 'The 99th percentile of each mechanism, by the number of clients',
        spec: {
          data: { values },
          width: 360,
          mark: { type: 'line', point: true },
          encoding: {
            x: { field: 'clients', type: 'ordinal', sort: order, title: 'clients' },
            y: { field: 'p99', type: 'quantitative', title: 'p99 in ms', scale: { type: 'log' } },
            color: { field: 'arm', type: 'nominal', title: null },
          },
        },
      },
    ],
  };
}

function oneSlot({ losers, races, maxClients, racesOfOthers }: BookingMeasured): Section {
  const rows = Object.entries(races).map(([name, { doubleBooked, mostWinners, losersP99 }]) => [
    name,
    `${doubleBooked} of ${racesOfOthers}`,
    mostWinners,
    round(losersP99),
  ]);
  return {
    heading: `${maxClients} who want one slot`,
    text: [
      `Ours over HTTP, ${losers.races} races: one wins (median ${round(losers.winnersP50)} ms), the others are each told what is in the way and`,
      `offered alternatives, median ${round(losers.losersP50)} ms, p99 ${round(losers.losersP99)} ms. An uncontended booking with as many clients has a`,
      `p99 of ${round(losers.uncontendedP99)} ms. The others are bare, without HTTP, and their losers are told nothing.`,
    ].join(' '),
    table: {
      columns: ['mechanism', 'races double-booked', 'most winners of one slot', "losers' p99 ms"],
      rows: [['ours', `0 of ${losers.races}`, 1, round(losers.losersP99)], ...rows],
    },
  };
}

function flatness({ few, many, past }: Flatness): Section {
  const row = (name: string, { perSecond, p50, p99 }: ArmResult) => [
    name,
    round(perSecond),
    round(p50, 1),
    round(p99, 1),
  ];
  return {
    heading: 'A clinic with many years behind it',
    text: 'The whole booking without HTTP (facts, decision, call) on two clusters in turn, 32 clients.',
    table: {
      columns: ['past visits', 'bookings/s', 'p50 ms', 'p99 ms'],
      rows: [row('50,000', few), row(past.toLocaleString('en'), many)],
    },
  };
}
