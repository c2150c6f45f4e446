/** The arrows of the house: one room, one runtime, and only downward (see README "The house"). */
const room = (name, allowed, comment) => ({
  name: `${name}-arrows`,
  severity: 'error',
  comment,
  from: { path: `^${name}/`, pathNot: '\\.test\\.tsx?$' },
  to: {
    path: '^(base|catalog|drivers|sync|terminal|renderer|host|electron|platform|test|scripts)/',
    pathNot: [`^${name}/`, ...allowed],
  },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    room('base', [], 'base imports nothing of ours'),
    room('catalog', ['^base/(result|calendar|bytes|cbor)\\.ts$'], 'catalog is data and pure functions'),
    room('drivers', ['^base/'], 'drivers knows no matter, no visit, no database'),
    room('sync', ['^base/'], 'sync is handed a journal and knows no screen, device or SQLite'),
    room(
      'terminal',
      ['^sync/', '^catalog/', '^base/', '^drivers/api\\.ts$'],
      "only the types of drivers' API",
    ),
    room('renderer', ['^terminal/api\\.ts$', '^catalog/', '^base/'], "only the types of terminal's API"),
    room('host', ['^terminal/main\\.ts$', '^drivers/', '^base/'], 'host starts programs'),
    {
      name: 'launcher-depends-on-nothing',
      severity: 'error',
      comment:
        'the launcher runs beside the versions it starts, changed almost never: Node itself and its own files',
      from: { path: '^host/launcher/', pathNot: '\\.test\\.ts$|^host/launcher/testing/' },
      to: { pathNot: '^host/launcher/', dependencyTypesNot: ['core'] },
    },
    room('electron', ['^host/', '^base/'], 'electron holds no business'),
    room('platform', ['^sync/', '^catalog/', '^base/'], "platform knows sync's contract and the catalog"),
    {
      name: 'sync-engine-stays-in-the-terminal',
      severity: 'error',
      comment: "the platform shares sync's formats and contract, not the terminal's side of it",
      from: { path: '^platform/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^sync/',
        pathNot:
          '^sync/(formats/|contract|content-coding|agent-|authorities-there|authority-contents|cases-there|contents|feed-contents|notice-contents|machine-orders|own-questions|phone-codes|phone-issuers|phone-sign-in|progress-parts|report-contents|software-contents|software-release|trust|upkeep-contents)',
      },
    },
    {
      name: 'no-node-on-the-screen',
      severity: 'error',
      from: { path: '^(renderer|catalog)/', pathNot: '\\.test\\.tsx?$|vite\\.config' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'files-and-crypto-through-seams',
      severity: 'error',
      comment: 'node:fs, node:crypto and sockets only in their adapters, so that the laws can be simulated',
      from: {
        path: '^(base|catalog|sync|terminal|drivers|platform)/',
        pathNot: [
          '\\.test\\.ts$',
          '^base/node/',
          '^base/crypto/node-crypto\\.ts$',
          '^drivers/simulator/',
          '/testing/',
          '/main\\.ts$',
        ],
      },
      to: { path: '^(node:)?(fs|fs/promises|crypto|net|http|https|dgram|child_process)$' },
    },
    {
      name: 'not-to-tests',
      severity: 'error',
      from: {
        path: '^(base|catalog|drivers|sync|terminal|renderer|host|electron|platform)/',
        pathNot: '\\.test\\.tsx?$',
      },
      to: { path: '^test/|\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
