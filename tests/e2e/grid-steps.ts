import type { Locator, Page } from '@playwright/test';

import { rowPx, type DeskPage } from './desk-page.ts';
import { expect } from './world.ts';

export const columnOf = (desk: DeskPage, resourceId: string | undefined) =>
  desk.page.locator(`[data-resource="${resourceId}"] .column-body`);

/** Scrolls until the hour is the second row of the screen. */
export async function scrollTo(page: Page, hour: number): Promise<void> {
  await page.locator('[data-scroller]').evaluate((element, top) => element.scrollTo({ top }), (hour - 1) * 4 * rowPx);
}

export async function book(desk: DeskPage, provider: number, hour: number, patient: number): Promise<Locator> {
  await (await desk.prepareBooking(provider, hour, patient)).click();
  await expect(desk.visit(patient)).toHaveAccessibleName(/, booked$/);
  return desk.visit(patient);
}

export async function show(desk: DeskPage, kind: 'Providers' | 'Rooms' | 'Equipment'): Promise<void> {
  await desk.page.getByRole('radio', { name: kind }).click();
  await expect(
    desk.page.getByRole('grid', { name: new RegExp(`by ${kind.toLowerCase().replace(/s$/, '')}$`) }),
  ).toBeVisible();
}
