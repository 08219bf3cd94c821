import type { Change } from '../../../core/calendar/calendar.ts';
import type { Desk } from '../../../core/contract/desk/calls.ts';
import { pageUrl } from '../../../electron/main/page-address.ts';
import { aBook, cursorAt } from '../builders.ts';
import { expect, test, type DeskWindow } from './app.ts';

test('the page has its desk before its own script begins, and nothing else of Electron or Node', async ({
  openApp,
}) => {
  const { page, double } = await openApp();
  expect(await page.evaluate(() => (window as unknown as DeskWindow).deskWasThere)).toBe(true);
  const seen = await page.evaluate(() => {
    const names = [
      'require',
      'module',
      'exports',
      'process',
      'Buffer',
      'global',
      'electron',
      'ipcRenderer',
      'postToMain',
    ];
    return names.filter((name) => name in window);
  });
  expect(seen).toEqual([]);
  expect(await page.evaluate(() => Object.keys((window as unknown as DeskWindow).desk))).toEqual(['call', 'listen']);
  expect(double.faults()).toEqual([]);
});

test('the page can neither change its desk nor put another in its place', async ({ openApp }) => {
  const { page } = await openApp();
  const changed = await page.evaluate(() => {
    const { desk } = window as unknown as DeskWindow;
    const attempts = [
      () => Object.defineProperty(window, 'desk', { value: {} }),
      () => Object.assign(desk, { call: () => undefined }),
      () => Object.assign(desk, { more: true }),
      () => Reflect.deleteProperty(window, 'desk') && undefined,
    ];
    for (const attempt of attempts) {
      try {
        attempt();
      } catch {
        // refused
      }
    }
    return (window as unknown as DeskWindow).desk !== desk || Object.keys(desk).length !== 2;
  });
  expect(changed).toBe(false);
});

test('a call is answered with a copy, and the page calls the desk again after a reload', async ({
  openApp,
  server,
}) => {
  const { page } = await openApp();
  const signIn = () => (window as unknown as DeskWindow).desk.call('signIn', { username: 'rana', password: 'secret' });
  expect(await page.evaluate(signIn)).toEqual({ ok: true, value: server.script.session.person });
  await page.reload();
  const described = await page.evaluate(() => (window as unknown as DeskWindow).desk.call('describe', {}));
  expect(described).toMatchObject({ ok: true, value: { person: server.script.session.person } });
});

test('the page hears what the server pokes', async ({ openApp, server }) => {
  const { page } = await openApp();
  await page.evaluate(() => (window as unknown as DeskWindow).desk.call('signIn', { username: 'r', password: 's' }));
  await expect.poll(() => server.cursorsAsked.at(-1)).toMatch(/./);
  await expect.poll(() => server.listeners()).toBe(1);
  const entityId = '0198b000-0000-7000-8000-0000000000d1';
  const changes: Change[] = [{ entity: 'patient', entityId, patient: null }];
  server.script.changes.push({ cursor: cursorAt(200), reset: false, withheld: false, changes });
  server.poke();
  const heard = () => page.evaluate(() => (window as unknown as DeskWindow).heard);
  await expect.poll(heard).toContainEqual({ type: 'patients-changed' });
});

test('a decision that comes while no page listens is told to the next one', async ({ openApp, server, elsewhere }) => {
  const { page, double } = await openApp();
  await page.evaluate(() => (window as unknown as DeskWindow).desk.call('signIn', { username: 'r', password: 's' }));
  const decided = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  server.script.decide = async ({ commandId }) => {
    await decided.promise;
    answered.resolve();
    return { status: 200, body: { commandId, appointment: null } };
  };
  const typed = aBook();
  await page.evaluate((command) => void (window as unknown as DeskWindow).desk.call('send', command), typed);
  await expect.poll(() => server.pushes).toHaveLength(1);
  await double.ask('forcePage', elsewhere);
  decided.resolve();
  await answered.promise;
  await double.ask('forcePage', pageUrl);
  await expect
    // While the page is still being replaced, nothing can be read from it.
    .poll(() => page.evaluate(() => (window as unknown as DeskWindow).heard).catch(() => []))
    .toContainEqual(expect.objectContaining({ type: 'decided', commandId: typed.command.commandId }));
});

test('a call that is not listed and a value that cannot be cloned are refused', async ({ openApp }) => {
  const { page, log } = await openApp();
  const reasonOf = (name: string, input: string) =>
    page.evaluate(
      async ([call, source]) => {
        const { desk } = window as unknown as DeskWindow;
        const inputs: Record<string, unknown> = {
          nothing: {},
          function: { query: () => 'Wójcik' },
          symbol: { query: Symbol('Wójcik') },
          element: document.body,
          instance: new (class Query {
            query = 'Wójcik';
          })(),
        };
        const ask = desk.call as (name: string, input: unknown) => ReturnType<Desk['call']>;
        try {
          return JSON.stringify(await ask(call ?? '', inputs[source ?? '']));
        } catch (error) {
          return error instanceof Error ? error.message : 'not an error';
        }
      },
      [name, input],
    );
  expect(await reasonOf('readEverything', 'nothing')).toBe('no such desk call');
  expect(await reasonOf('constructor', 'nothing')).toBe('no such desk call');
  expect(await reasonOf('searchPatients', 'function')).toBe('An object could not be cloned.');
  expect(await reasonOf('searchPatients', 'symbol')).toBe('An object could not be cloned.');
  expect(await reasonOf('searchPatients', 'element')).toBe('An object could not be cloned.');
  expect(await reasonOf('searchPatients', 'instance')).toBe('An object could not be cloned.');
  expect(await reasonOf('signIn', 'nothing')).toContain('"code":"invalid-input"');
  expect(await reasonOf('searchPatients', 'nothing')).toContain('"code":"unauthenticated"');
  expect(await log()).toContain('desk page: no such desk call');
});

test('nothing inline runs, nothing is evaluated, and nothing comes from elsewhere', async ({ openApp, elsewhere }) => {
  const { page } = await openApp();
  await page.evaluate((url) => {
    const seen = { directives: [] as string[], evaluated: false };
    Object.assign(window, { seen });
    document.addEventListener('securitypolicyviolation', (event) => seen.directives.push(event.effectiveDirective));
    const inline = document.createElement('script');
    inline.textContent = 'window.seen.evaluated = true;';
    const remote = document.createElement('script');
    remote.src = `${url}/script.js`;
    const frame = document.createElement('iframe');
    frame.src = url;
    const picture = document.createElement('img');
    picture.src = `${url}/picture.png`;
    document.body.append(inline, remote, frame, picture);
    fetch(url).catch(() => undefined);
    // The page evaluates later: Playwright's own evaluation may evaluate more.
    setTimeout(() => {
      // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- that it is refused is what is tested
      new Function('window.seen.evaluated = true;')();
    });
  }, elsewhere);
  const seen = () => page.evaluate(() => (window as unknown as { seen: { directives: string[] } }).seen);
  const directives = ['connect-src', 'frame-src', 'img-src', 'script-src', 'script-src-elem', 'script-src-elem'];
  await expect.poll(async () => (await seen()).directives.toSorted()).toEqual(directives);
  expect(await seen()).toMatchObject({ evaluated: false });
});

test('files outside the built renderer are not there', async ({ openApp }) => {
  const { page } = await openApp();
  const statuses = await page.evaluate(async () => {
    const paths = [
      '/main.js',
      '/../secret.js',
      '/%2e%2e/secret.js',
      '/..%2fsecret.js',
      '/main.js%00.html',
      '/%',
      '/none.js',
    ];
    return Promise.all(paths.map(async (path) => (await fetch(path)).status));
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404, 404]);
});

test('a page that is not ours gets no answer and no event, even where the preload runs', async ({
  openApp,
  elsewhere,
}) => {
  const { page, double, log } = await openApp();
  await double.ask('forcePage', elsewhere);
  await expect(page.getByText('Elsewhere')).toBeVisible();
  const answer = await page.evaluate(async () => {
    const { desk } = window as unknown as DeskWindow;
    const heard: unknown[] = [];
    desk.listen((event) => heard.push(event));
    const failure = await desk.call('describe', {}).catch((error: unknown) => String(error));
    return { failure, heard };
  });
  expect(answer).toEqual({ failure: 'Error: not from here', heard: [] });
  expect(await log()).toContain('a frame that is not ours asked for the desk');
});
