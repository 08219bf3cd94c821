import type { Locator } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';

import type { DeskPage } from './desk-page.ts';
import { expect, test } from './world.ts';

interface Known {
  readonly name: string;
  readonly birthDate: string;
  readonly phone: string;
}

const jurgen: Known = { name: 'Jürgen Müllerstein', birthDate: '1980-03-07', phone: '+49 30 23125123' };
const nadia: Known = { name: 'Nadia Amari', birthDate: '1999-12-24', phone: '' };

test.beforeEach(async ({ world: { admin, clinic } }) => {
  for (const { name, birthDate, phone } of [jurgen, nadia]) {
    await admin`insert into patients (org_id, patient_id, display_name, birth_date, phone)
      values (${clinic.orgId}, ${uuidv7()}, ${name}, ${birthDate}, ${phone})`;
  }
});

const searchOf = ({ page }: DeskPage) => page.getByRole('combobox', { name: 'Patient' });
const fieldOf = ({ page }: DeskPage, name: string) => page.getByRole('textbox', { name });
const optionOf = ({ page }: DeskPage, name: RegExp) => page.getByRole('option', { name });
const visitOf = ({ page }: DeskPage, name: string): Locator => page.getByRole('gridcell', { name: new RegExp(name) });
const likelyOf = ({ page }: DeskPage) => page.getByRole('dialog', { name: 'New visit' }).getByRole('listitem');

test('a patient is found by a misspelt name, by birth date and by phone, and told apart from namesakes', async ({
  openDesk,
}) => {
  const desk = await openDesk('one');
  await desk.showDay(2);
  await desk.clickSlot(0, 9);
  for (const typed of ['Muellerstein', 'mulerstein jurgen', 'Müllerstein 7.3.1980', '7 Mar 1980', '030 23125 123']) {
    await searchOf(desk).fill(typed);
    await expect(optionOf(desk, /^Jürgen Müllerstein, 7 Mar 1980, phone ends in 5123$/)).toBeVisible();
    await expect(desk.page.getByRole('option').last()).toHaveAccessibleName(`New patient “${typed}”`);
  }
});

test('a name and two Enters book: the first match is chosen, also when Enter comes before the answer', async ({
  openDesk,
}) => {
  const desk = await openDesk('one');
  await desk.showDay(3);
  await desk.clickSlot(0, 9);
  await desk.page.keyboard.type('amari nadia');
  await desk.page.keyboard.press('Enter');
  await expect(searchOf(desk)).toHaveValue('Nadia Amari');
  await expect(desk.page.getByRole('button', { name: 'Book 09:00 with provider 1' })).toBeEnabled();
  await desk.page.keyboard.press('Enter');
  await expect(visitOf(desk, 'Nadia Amari')).toHaveAccessibleName(/^09:00 .*, booked$/);
});

test('the arrows choose another match than the first, and Escape closes the list before the panel', async ({
  openDesk,
}) => {
  const desk = await openDesk('one');
  await desk.showDay(3);
  await desk.clickSlot(0, 10);
  await searchOf(desk).fill('nadia');
  await expect(optionOf(desk, /^Nadia Amari/)).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await expect(optionOf(desk, /^Nadia Amari/)).toBeHidden();
  await expect(searchOf(desk)).toHaveValue('nadia');
  await searchOf(desk).press('End');
  await desk.page.keyboard.type(' ');
  await expect(optionOf(desk, /^Nadia Amari/)).toBeVisible();
  await desk.page.keyboard.press('ArrowDown');
  await desk.page.keyboard.press('Enter');
  await expect(fieldOf(desk, 'Name')).toHaveValue('nadia');
});

test('a new patient is booked from the keyboard alone, named before the server answers, and known on every desk', async ({
  world,
  openDesk,
}) => {
  const [one, two] = [await openDesk('one'), await openDesk('two')];
  await one.showDay(4);
  await two.showDay(4);
  await two.clickSlot(1, 9);
  await searchOf(two).fill('Zwiebelkranz');
  await expect(optionOf(two, /^New patient/)).toBeVisible();
  await expect(two.page.getByText('Nobody found')).toBeVisible();

  await one.clickSlot(0, 9);
  await one.page.keyboard.type('Xenia Zwiebelkranz 17.3.1980');
  await one.page.keyboard.press('Enter');
  await expect(fieldOf(one, 'Name')).toHaveValue('Xenia Zwiebelkranz');
  await expect(fieldOf(one, 'Birth date')).toHaveValue('17 Mar 1980');
  await expect(fieldOf(one, 'Phone')).toBeFocused();
  await one.page.keyboard.type('030 9988776');
  const held = Promise.withResolvers<void>();
  world.hooks = { at: (step) => (step === 'begun' ? held.promise : undefined) };
  await one.page.keyboard.press('Enter');
  await expect(visitOf(one, 'Xenia Zwiebelkranz')).toHaveAccessibleName(/^09:00 .*not confirmed yet$/);
  held.resolve();
  await expect(visitOf(one, 'Xenia Zwiebelkranz')).toHaveAccessibleName(/, booked$/);
  // The other desk found nobody a moment ago, and must not repeat that answer.
  await expect(optionOf(two, /^Xenia Zwiebelkranz, 17 Mar 1980, phone ends in 8776$/)).toBeVisible();
  await two.page.keyboard.press('Escape');
  await expect(visitOf(two, 'Xenia Zwiebelkranz')).toHaveAccessibleName(/, booked$/);

  await visitOf(one, 'Xenia Zwiebelkranz').click();
  await expect(one.page.getByText('born 17 Mar 1980 · 030 9988776')).toBeVisible();
});

test('a missing or wrong field is named, and nothing typed is lost on the way back to the search', async ({
  openDesk,
}) => {
  const desk = await openDesk('one');
  await desk.showDay(5);
  await desk.clickSlot(0, 9);
  await searchOf(desk).fill('Quirin Quast');
  await optionOf(desk, /^New patient/).click();
  const submit = desk.page.getByRole('button', { name: 'Register and book 09:00 with provider 1' });
  await submit.click();
  await expect(desk.page.getByText('Give the birth date.')).toBeVisible();
  await expect(fieldOf(desk, 'Birth date')).toBeFocused();
  await fieldOf(desk, 'Birth date').fill('1.1.2099');
  await fieldOf(desk, 'Phone').fill('twelve');
  await submit.click();
  await expect(desk.page.getByText('This day is still to come.')).toBeVisible();
  await expect(desk.page.getByText('5 to 15 digits, no letters.')).toBeVisible();
  await fieldOf(desk, 'Birth date').fill('7/3/1980');
  await fieldOf(desk, 'Phone').fill('030 5554433');

  await desk.page.keyboard.press('Escape');
  await expect(searchOf(desk)).toHaveValue('Quirin Quast');
  await desk.page.getByRole('button', { name: 'New patient' }).click();
  await expect(fieldOf(desk, 'Phone')).toHaveValue('030 5554433');
  await desk.page.getByRole('button', { name: '3 Jul 1980' }).click();
  await expect(fieldOf(desk, 'Birth date')).toHaveValue('3 Jul 1980');
  await submit.click();
  await expect(visitOf(desk, 'Quirin Quast')).toHaveAccessibleName(/, booked$/);
});

test('a warning names a likely duplicate before the registration, and one tap takes the known patient', async ({
  world,
  openDesk,
}) => {
  const desk = await openDesk('one');
  await desk.showDay(6);
  await desk.clickSlot(0, 9);
  await searchOf(desk).fill('Jurgen Mulerstein 8.3.1980');
  await optionOf(desk, /^New patient/).click();
  await expect(likelyOf(desk)).toHaveText(/Jürgen Müllerstein7 Mar 1980…5123/);
  // Enter in a field leads to the likely duplicate, and registers nobody.
  await fieldOf(desk, 'Phone').press('Enter');
  await expect(likelyOf(desk).getByRole('button')).toBeFocused();
  await desk.page.keyboard.press('Enter');
  await expect(searchOf(desk)).toHaveValue('Jürgen Müllerstein');
  await desk.page.getByRole('button', { name: 'Book 09:00 with provider 1' }).click();
  await expect(visitOf(desk, 'Jürgen Müllerstein')).toHaveAccessibleName(/, booked$/);
  expect(await world.admin`select from patients where display_name ilike '%mulerstein%'`).toHaveLength(0);
});

test('a patient who is another person than the likely duplicate is registered all the same', async ({
  world,
  openDesk,
}) => {
  const desk = await openDesk('one');
  await desk.showDay(7);
  await desk.clickSlot(0, 9);
  await searchOf(desk).fill('Jürgen Müllerstein 7 Mar 1980');
  await expect(optionOf(desk, /^Jürgen Müllerstein/)).toBeVisible();
  await optionOf(desk, /^New patient/).click();
  await expect(likelyOf(desk)).toHaveCount(1);
  await desk.page.getByRole('button', { name: 'Register anyway and book 09:00' }).click();
  await expect(visitOf(desk, 'Jürgen Müllerstein')).toHaveAccessibleName(/, booked$/);
  const sameName = await world.admin`
    select from patients where org_id = ${world.clinic.orgId} and display_name = ${jurgen.name}`;
  expect(sameName).toHaveLength(2);
});

test('a name that arrives in one burst, as from a card reader, is searched like any other', async ({ openDesk }) => {
  const desk = await openDesk('one');
  await desk.showDay(5);
  await desk.page.locator('[data-cursor]').press('Enter');
  const field = desk.page.getByRole('combobox', { name: 'Patient' });
  await expect(field).toBeFocused();
  await desk.page.keyboard.type('Patient');
  await expect(desk.page.getByRole('option')).not.toHaveCount(1);
  // The letters come so fast that no queued task runs between two of them.
  await field.evaluate(async (input: HTMLInputElement) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
    for (const letter of ' of a name with many letters'.repeat(3)) {
      set?.call(input, input.value + letter);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      for (let turns = 0; turns < 10; turns++) await Promise.resolve();
    }
  });
  await expect(field).toHaveValue(/^Patient of a name .* with many letters$/);
  await expect(desk.page.getByRole('option')).toHaveCount(1);
});
