import type { RunningDesk } from '../../../../electron/desk/open-desk.ts';
import { monotonicMs } from '../../torture/processes/messages.ts';
import { openFilledDesk, type FilledDeskOptions } from './open-filled-desk.ts';

/** Several desks without a screen in one process. Each reports when its store has a change of the day. */
export interface DesksStart {
  readonly desks: readonly FilledDeskOptions[];
  readonly siteId: string;
  readonly date: string;
}

export type ToDesks = 'watch' | 'held';

/**
 * `changed` is sent once, when the last desk has something new since `watch`: a message for each desk would take the cores
 * from the desks that are still working. `at` is in milliseconds of the machine's monotonic clock.
 */
export type FromDesks =
  | { readonly kind: 'ready' }
  | { readonly kind: 'watching' }
  | { readonly kind: 'changed'; readonly at: readonly number[] }
  | { readonly kind: 'held'; readonly desk: number; readonly appointmentIds: readonly string[] };

const { desks: options, siteId, date } = JSON.parse(process.argv[2] ?? '') as DesksStart;
const say = (message: FromDesks) => process.send?.(message);
const desks: RunningDesk[] = [];
/** When each desk first had something new; null while nobody watches. */
let changedAt: Map<number, number> | null = null;
for (const [n, one] of options.entries()) {
  const { desk } = await openFilledDesk(one);
  desks.push(desk);
  desk.listen((event) => {
    if (event.type !== 'days-changed' || event.siteId !== siteId || !event.dates.includes(date)) return;
    if (!changedAt || changedAt.has(n)) return;
    changedAt.set(n, monotonicMs());
    if (changedAt.size < options.length) return;
    say({ kind: 'changed', at: [...changedAt.values()] });
    changedAt = null;
  });
}
process.on('message', async (asked: ToDesks) => {
  if (asked === 'watch') {
    changedAt = new Map();
    say({ kind: 'watching' });
    return;
  }
  for (const [n, desk] of desks.entries()) {
    const day = await desk.call('readDay', { siteId, date });
    const visits = day.ok ? day.value.view.appointments : [];
    say({ kind: 'held', desk: n, appointmentIds: visits.map(({ appointmentId }) => appointmentId) });
  }
});
const close = () => void Promise.all(desks.map((desk) => desk.close())).then(() => process.exit(0));
process.on('disconnect', close);
process.on('SIGTERM', close);
say({ kind: 'ready' });
