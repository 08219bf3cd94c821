import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, test } from './world.ts';

/** Rule and element of each violation, so that a failure says what to mend. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the day, the booking panel and the visit in ${colorScheme}`, async ({ openDesk }) => {
    const desk = await openDesk('one');
    await desk.page.emulateMedia({ colorScheme });
    await desk.showDay(colorScheme === 'light' ? 10 : 11);
    expect(await violationsOf(desk.page)).toEqual([]);
    const book = await desk.prepareBooking(0, 9, 0);
    expect(await violationsOf(desk.page)).toEqual([]);
    await book.click();
    await expect(desk.visit(0)).toHaveAccessibleName(/, booked$/);
    await desk.visit(0).click();
    await expect(desk.page.getByRole('dialog')).toBeVisible();
    expect(await violationsOf(desk.page)).toEqual([]);
  });
}
