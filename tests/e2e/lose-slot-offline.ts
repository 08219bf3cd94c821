import type { OpenDesk } from './world.ts';

/** Two desks book the same hour. One of them is offline, comes back, and has lost a race that it could not know of. */
export async function loseSlotOffline(loser: OpenDesk, winner: OpenDesk, day: number, hour: number): Promise<void> {
  for (const desk of [loser, winner]) await desk.showDay(day);
  await loser.keepForOffline(0, 1);
  await loser.goOffline();
  await winner.book(0, hour, 1);
  await winner.expectVisit(1, /, booked$/);
  await loser.book(0, hour, 0);
  await loser.expectVisit(0, /, booked, not confirmed yet$/);
}
