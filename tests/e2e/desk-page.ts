import { expect, type Locator, type Page } from '@playwright/test';

import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { addDays, dateAt, wallTimeAt } from '../../core/domain/time/zoned.ts';
import type { Clinic } from '../builders/clinic.ts';

/** Zones without clock changes, so that a row of the grid is a fixed time whenever the tests run. */
const steadyZones = ['Asia/Kolkata', 'Africa/Lagos', 'America/Bogota', 'Pacific/Honolulu', 'Asia/Tokyo'] as const;

/** A zone in which the day is well under way. Late in the evening a visit that begins now would reach into the next day. */
export const timeZone =
  steadyZones.find((zone) => {
    const hour = Number(wallTimeAt(quarterDuring(new Date().toISOString()), zone).slice(0, 2));
    return hour >= 8 && hour < 16;
  }) ?? steadyZones[0];
export const rowPx = 20;

export async function requireBox(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return box;
}

/** One desk's page: what a person sees there, and does there. */
export class DeskPage {
  readonly page: Page;
  private readonly clinic: Clinic;

  constructor(page: Page, clinic: Clinic) {
    this.page = page;
    this.clinic = clinic;
  }

  get pill(): Locator {
    return this.page.getByRole('button', { name: /^Connection: / });
  }

  /** Waits until the desk keeps its days, and searches for these patients, so that the desk can go on without the server. */
  async keepForOffline(...patients: readonly number[]): Promise<void> {
    await this.page.waitForFunction(async () => {
      const answer = await window.desk?.call('readStatus', {});
      return answer?.ok === true && answer.value.connection === 'online' && answer.value.reading === null;
    });
    await this.page.evaluate(
      async (queries) => {
        for (const query of queries) await window.desk?.call('searchPatients', { query });
      },
      patients.map((patient) => `Patient ${this.clinic.patients[patient]}`),
    );
  }

  async book(provider: number, hour: number, patient: number): Promise<void> {
    await (await this.prepareBooking(provider, hour, patient)).click();
  }

  /** Drags a visit to another time and provider. */
  async drag(patient: number, provider: number, hour: number): Promise<void> {
    const clock = /^(\d\d):(\d\d)/.exec((await this.visit(patient).getAttribute('aria-label')) ?? '');
    const at = Number(clock?.[1]) + Number(clock?.[2]) / 60;
    // Both ends of the drag are visible.
    const to = await this.pointAt(provider, hour, Math.min(hour, at));
    const from = await this.gripOf(patient);
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 8 });
    await this.page.mouse.up();
  }

  /** Changes the status through the panel of the visit. */
  async choose(patient: number, button: string): Promise<void> {
    await this.visit(patient).click();
    await this.page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
  }

  get refusedBadge(): Locator {
    return this.page.getByRole('banner').getByRole('button', { name: / refused$/ });
  }

  get tray(): Locator {
    return this.page.getByRole('dialog', { name: 'Refused by the server' });
  }

  /** The undo of the last action. The message about an earlier action may still be fading out. */
  undoButton(done: string, patient: number): Locator {
    return this.page
      .locator('[data-sonner-toast][data-removed="false"]')
      .filter({ hasText: new RegExp(`${done}: .*Patient ${this.clinic.patients[patient]}`) })
      .getByRole('button', { name: 'Undo' });
  }

  /** Waits until the card of a visit has this spoken name: "09:00 …, booked, not confirmed yet". */
  async expectVisit(patient: number, name: RegExp): Promise<void> {
    await expect(this.visit(patient)).toHaveAccessibleName(name);
  }

  /** Goes to the day that is `dayOffset` days from today. */
  async showDay(dayOffset: number): Promise<void> {
    const date = addDays(dateAt(this.clinic.opensAt, timeZone), dayOffset);
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, `#/day/${this.clinic.siteId}/${date}`);
    await expect(this.page.getByRole('grid')).toBeVisible();
    await expect(this.page.getByRole('rowheader')).toHaveCount(this.clinic.providers.length);
  }

  column(provider: number): Locator {
    return this.page.locator(`[data-resource="${this.clinic.providers[provider]}"] .column-body`);
  }

  /** A point in the column of a provider, in the middle of the quarter that begins at this hour. */
  async pointAt(provider: number, hour: number, scrolledTo = hour): Promise<{ x: number; y: number }> {
    const column = this.column(provider);
    const scroller = this.page.locator('[data-scroller]');
    await scroller.evaluate((element, top) => element.scrollTo({ top }), (scrolledTo - 2) * 4 * rowPx);
    const box = await column.boundingBox();
    if (!box) throw new Error('the column is not on the screen');
    return { x: box.x + box.width / 2, y: box.y + hour * 4 * rowPx + rowPx / 2 };
  }

  /** The point where a visit is picked up, away from its edges, because they resize it. */
  async gripOf(patient: number): Promise<{ x: number; y: number }> {
    const box = await this.visit(patient).boundingBox();
    if (!box) throw new Error('the visit is not on the screen');
    return { x: box.x + 20, y: box.y + rowPx / 2 };
  }

  async clickSlot(provider: number, hour: number): Promise<void> {
    const { x, y } = await this.pointAt(provider, hour);
    await this.page.mouse.click(x, y);
  }

  async choosePatient(patient: number): Promise<void> {
    const name = `Patient ${this.clinic.patients[patient]}`;
    await this.page.getByRole('combobox', { name: 'Patient' }).fill(name);
    await this.page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
  }

  /** Fills the booking panel for this slot, without pressing its last button. */
  async prepareBooking(provider: number, hour: number, patient: number): Promise<Locator> {
    await this.clickSlot(provider, hour);
    await this.choosePatient(patient);
    const clock = `${String(Math.floor(hour)).padStart(2, '0')}:${String((hour % 1) * 60).padStart(2, '0')}`;
    const button = this.page.getByRole('button', { name: `Book ${clock} with provider ${provider + 1}` });
    await expect(button).toBeEnabled();
    return button;
  }

  visit(patient: number): Locator {
    return this.page.getByRole('gridcell', { name: new RegExp(`Patient ${this.clinic.patients[patient]}`) });
  }
}
