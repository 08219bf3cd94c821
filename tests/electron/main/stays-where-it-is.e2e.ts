import { expect, test, type DeskWindow } from './app.ts';

test('the page cannot go elsewhere, by script or by link, and stays usable', async ({ openApp, elsewhere }) => {
  const { page, log } = await openApp();
  await page.evaluate((url) => {
    location.href = url;
  }, elsewhere);
  await expect.poll(log).toContain('refused the page: to go elsewhere');
  await page.evaluate((url) => {
    const link = Object.assign(document.createElement('a'), { href: url, textContent: 'Away' });
    document.body.append(link);
  }, elsewhere);
  await page.getByText('Away').click();
  await expect.poll(async () => (await log()).split('to go elsewhere').length).toBeGreaterThan(2);
  await expect(page).toHaveTitle('Day');
  const described = await page.evaluate(() => (window as unknown as DeskWindow).desk.call('describe', {}));
  expect(described.ok).toBe(true);
});

test('a redirect leads nowhere else', async ({ openApp, elsewhere }) => {
  const { double, log } = await openApp();
  await expect(double.ask('forcePage', `${elsewhere}/away`)).rejects.toThrow('ERR_ABORTED');
  expect(await log()).toContain('refused the page: to go elsewhere');
});

test('no other window opens, by script or by link', async ({ openApp, elsewhere }) => {
  const { page, log } = await openApp();
  const refused = async () => (await log()).split('refused the page: another window').length - 1;
  await page.evaluate((url) => void window.open(url), elsewhere);
  await expect.poll(refused).toBe(1);
  await page.evaluate((url) => {
    const link = Object.assign(document.createElement('a'), { href: url, target: '_blank', textContent: 'Away' });
    document.body.append(link);
  }, elsewhere);
  await page.getByText('Away').click();
  await expect.poll(refused).toBe(2);
  await expect.poll(() => page.context().pages().length).toBe(1);
});

test('the page gets no permission', async ({ openApp }) => {
  const { page } = await openApp();
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
    const query = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
    return Promise.all(names.map(query));
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
  const located = await page.evaluate(
    () =>
      new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('located'),
          ({ code }) => resolve(code),
        ),
      ),
  );
  expect(located).toBe(1);
});
