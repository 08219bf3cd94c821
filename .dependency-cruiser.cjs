// Which folder may import which; docs/architecture.md, "The house". Each message names the right door.
const only = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
const outside = (...paths) => ({ pathNot: paths });
const escaped = (folder) => folder.replaceAll(/[.+]/g, '\\$&');
/** The files that lie in a folder itself, not in its subfolders. */
const filesOf = (folder) => `^${escaped(folder)}/[^/]+$`;

/**
 * The rooms of each part, from the bottom to the top. A room imports the rooms of the lines above its own, never one beside
 * it or below it in this list: so folders cannot import each other in a circle. Types count as imports. A folder that is
 * not listed fails the check.
 */
const rooms = {
  core: [
    ['core/domain', 'core/domain/text', 'core/domain/people', 'core/domain/sync'],
    ['core/domain/time'],
    ['core/domain/bookings', 'core/domain/patients', 'core/domain/roster', 'core/domain/waitlist'],
    ['core/primitives'],
    ['core/calendar'],
    ['core/commands'],
    ['core/contract'],
    ['core/contract/desk'],
  ],
  db: [['db/pg', 'db/sqlite']],
  server: [
    ['server/problems', 'server/observe'],
    ['server/limits'],
    ['server/commands', 'server/calendar', 'server/sessions'],
    ['server/bookings', 'server/patients', 'server/waitlist', 'server/desks', 'server/http'],
    ['server/pages', 'server/jobs'],
    ['server/api'],
    ['server'],
    ['server/host/database'],
    ['server/host'],
  ],
  'electron/desk': [
    ['electron/desk/environment', 'electron/desk/events', 'electron/desk/problems', 'electron/desk/keys'],
    ['electron/desk/store', 'electron/desk/line', 'electron/desk/status'],
    ['electron/desk/pairing'],
    ['electron/desk/sessions'],
    ['electron/desk/sync'],
    ['electron/desk/days', 'electron/desk/diagnostics', 'electron/desk/patients', 'electron/desk/waitlist'],
    ['electron/desk/bookings', 'electron/desk/setup'],
    ['electron/desk/outbox'],
    ['electron/desk'],
  ],
  renderer: [
    ['renderer/i18n/en', 'renderer/api', 'renderer/theme', 'renderer/ui'],
    ['renderer/i18n'],
    ['renderer/words'],
    ['renderer/visits'],
    ['renderer/commands'],
    ['renderer/routes'],
    [
      'renderer/bookings',
      'renderer/calendar',
      'renderer/outbox',
      'renderer/arrivals',
      'renderer/print',
      'renderer/setup',
      'renderer/sessions',
    ],
    ['renderer/conflicts', 'renderer/waitlist'],
    ['renderer/screens/day'],
    ['renderer/shell'],
    ['renderer'],
  ],
  build: [['build', 'build/demo'], ['build/desk'], ['build/checks'], ['build/commands']],
};

const directions = Object.entries(rooms).flatMap(([part, lines]) =>
  lines.flatMap((line, at) =>
    line.map((room) => {
      const below = lines.slice(0, at).flat();
      return only(
        `direction-of-${room.replaceAll('/', '-')}`,
        `${room} imports only what lies below it: ${below.join(', ') || 'nothing of this part'}. Move what both need into a lower room, or pass it as an argument.`,
        { path: filesOf(room) },
        { path: `^${escaped(part)}/`, pathNot: [room, ...below].map(filesOf) },
      );
    }),
  ),
);

const everyRoomHasItsPlace = Object.entries(rooms).map(([part, lines]) =>
  only(
    `rooms-of-${part.replaceAll('/', '-')}`,
    `This folder has no place in the order of rooms: add it to the list at the top of .dependency-cruiser.cjs.`,
    { path: `^${escaped(part)}/`, pathNot: lines.flat().map(filesOf) },
    {},
  ),
);

module.exports = {
  forbidden: [
    ...directions,
    ...everyRoomHasItsPlace,
    only(
      'domain-is-pure',
      'core/domain takes facts and `now` and returns decisions: pass what it needs as an argument. It may import itself and temporal-polyfill.',
      { path: '^core/domain/' },
      outside('^core/domain/', '^node_modules/temporal-polyfill/'),
    ),
    only(
      'core-knows-zod-and-orpc',
      'core may import zod, and core/contract @orpc/contract too. Code that acts belongs to server, electron or renderer.',
      { path: '^core/', pathNot: '^core/domain/' },
      outside('^core/', '^node_modules/zod/', '^node_modules/@orpc/contract/'),
    ),
    only(
      'central-database-has-one-door',
      'Only server (and build, tests) may import db/pg: go through an HTTP route of core/contract, or a desk call.',
      { pathNot: '^(server|build|tests|db/pg)/' },
      { path: '^db/pg/' },
    ),
    only(
      'desk-store-has-one-door',
      'Only electron (and build, tests) may import db/sqlite: the renderer asks through window.desk (core/contract desk calls).',
      { pathNot: '^(electron|build|tests|db/sqlite)/' },
      { path: '^db/sqlite/' },
    ),
    only(
      'databases-know-the-core-alone',
      'db holds schemas, migrations and constraints: what uses them belongs to server or electron.',
      { path: '^db/' },
      { path: '^(server|electron|renderer|build|tests)/' },
    ),
    only(
      'server-stands-alone',
      'server may not import electron or renderer: what they share belongs to core/domain or core/contract.',
      { path: '^server/' },
      { path: '^(electron|renderer|build|tests)/' },
    ),
    only(
      'desk-stands-alone',
      'electron may not import server or renderer: it speaks to them through core/contract (HTTP routes, desk calls).',
      { path: '^electron/' },
      { path: '^(server|renderer|build|tests)/' },
    ),
    only(
      'renderer-stands-alone',
      'renderer may not import server, electron or db: it asks window.desk, or HTTP for the public page, both from core/contract.',
      { path: '^renderer/' },
      { path: '^(server|electron|db|build|tests)/' },
    ),
    only(
      'desk-is-plain-node',
      'electron/desk runs without Electron: what needs `electron` belongs to electron/main, behind the same desk calls.',
      { path: '^electron/(desk|browser)/' },
      { path: '^(node_modules/electron/|electron$|electron/(main|preload)/)' },
    ),
    only(
      'preload-is-a-door',
      'The preload runs beside the page: it passes calls and events on. What acts belongs to electron/desk, behind a desk call.',
      { path: '^electron/preload/' },
      outside('^electron/preload/', '^core/contract/', '^node_modules/electron/'),
    ),
    only(
      'renderer-has-no-node',
      'The renderer runs in a sandboxed browser: ask the desk through window.desk.',
      { path: '^renderer/', pathNot: '^renderer/vite[.]config[.]ts$' },
      { dependencyTypes: ['core'] },
    ),
    only(
      'tests-are-not-imported',
      'Only tests, and the commands that run benchmarks and races, may import tests: what both need belongs beside the code.',
      { pathNot: '^(tests/|[^/]+$|build/commands/)' },
      { path: '^tests/' },
    ),
    only(
      'proofs-are-on-top',
      'A proof is imported by proofs alone: what other tests need belongs to tests/builders or tests/harness.',
      { path: '^tests/', pathNot: '^tests/proofs/' },
      { path: '^tests/proofs/' },
    ),
    only(
      'builders-know-the-harness-alone',
      'Every layer of tests uses the builders: of the tests they import tests/harness alone, and tests/harness imports none.',
      { path: '^tests/(builders|harness)/' },
      { path: '^tests/', pathNot: '^tests/(builders|harness)/' },
    ),
    only(
      'no-cycles',
      'These files import each other in a circle: move what they share into a third.',
      {},
      {
        circular: true,
      },
    ),
    only(
      'resolves',
      'This import leads nowhere: a misspelt path, or a package that package.json does not name.',
      {},
      {
        couldNotResolve: true,
      },
    ),
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    // Where node_modules is a link, the rules still meet the path that an import names.
    preserveSymlinks: true,
    exclude: { path: '^(out|docs)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
};
