// Who may import whom; docs/architecture.md, "Layout and direction". Each message names the right door.
const only = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
const outside = (...paths) => ({ pathNot: paths });

module.exports = {
  forbidden: [
    only(
      'domain-is-pure',
      'core/domain takes facts and `now` and returns decisions: pass what it needs as an argument. It may import itself and temporal-polyfill.',
      { path: '^core/domain/' },
      outside('^core/domain/', '^node_modules/temporal-polyfill/'),
    ),
    only(
      'contract-knows-domain-zod-and-orpc',
      'core/contract holds schemas: it may import core/domain, zod and @orpc/contract. Code that acts belongs to server, electron or renderer.',
      { path: '^core/contract/' },
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
      'no-cycles',
      'These files import each other in a circle: move what they share into a third.',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
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
