/** The layers of docs/architecture.md as rules. Run by tests/check-layers.ts, which also fails if no module was looked at. */

/** Everything under these folders, and nothing that a test or a type-only tool needs. */
const layer = (...folders) => `^(${folders.join('|')})/`

/** The server's side of the live channel. */
const hubSide = [
  ...['hub', 'hub-socket', 'answer-readers', 'story-tail', 'socket-server', 'send-away', 'slow-readers', 'broadcast', 'encoded-answer'],
  ...['admission', 'sockets-of-networks', 'idle-sockets', 'message-limit', 'packet-limit', 'reader-rooms', 'desk-rooms', 'confirmations', 'audience'],
].join('|')

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'nothing-imports-app',
      comment: 'Routes are the outermost layer.',
      severity: 'error',
      from: { pathNot: '^(app|pages)/' },
      to: { path: '^(app|pages)/' },
    },
    {
      name: 'story-is-pure',
      comment: 'The domain runs anywhere: it knows zod and itself.',
      severity: 'error',
      from: { path: layer('lib/story') },
      to: { pathNot: ['^lib/story/', '^node_modules/zod/'] },
    },
    {
      name: 'markdown-is-pure',
      comment: 'Markdown knows the domain and its parser, and runs in the browser too.',
      severity: 'error',
      from: { path: layer('lib/markdown') },
      to: { path: ['^lib/(?!story/|markdown/)', '^components/', '^node:'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'people-are-pure',
      comment: 'What is said of people runs anywhere: it knows zod, the roles, and itself.',
      severity: 'error',
      from: { path: layer('lib/people') },
      to: { pathNot: ['^lib/people/', '^lib/accounts/person\\.ts$', '^lib/story/text\\.ts$', '^node_modules/zod/'] },
    },
    {
      name: 'the-server-checks-passwords',
      comment: 'The list of common passwords is loaded by no page: components see types only, and other modules that they load don’t lead to it.',
      severity: 'error',
      from: { path: '^(components/|lib/people/(?!password-bodies|guessable-password))' },
      to: { path: '^lib/people/(password-bodies|guessable-password|common-passwords)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-db-knows-the-database',
      comment: 'The ORM, its adapters and the drivers stop at lib/db.',
      severity: 'error',
      from: { pathNot: layer('lib/db', 'tests') },
      to: { path: '^(lib/db/generated/|node_modules/(@prisma|prisma|pg|@electric-sql|pglite-prisma-adapter)/)' },
    },
    {
      name: 'db-is-the-floor',
      comment: 'The database layer knows the domain and nothing above it.',
      severity: 'error',
      from: { path: layer('lib/db') },
      to: { path: '^(components|lib/(?!db/|story/|people/))' },
    },
    {
      name: 'newsroom-writes',
      comment: 'Commands know the domain, Markdown, who is asking, the store, and what the files of pictures can do.',
      severity: 'error',
      from: { path: layer('lib/newsroom') },
      to: { path: '^(components|lib/(?!newsroom/|db/|story/|people/|markdown/|accounts/|media/|limits/))' },
    },
    {
      name: 'only-media-knows-the-image-library-and-the-bucket',
      severity: 'error',
      from: { pathNot: layer('lib/media', 'tests') },
      to: { path: '^node_modules/(sharp|aws4fetch)/' },
    },
    {
      name: 'media-stands-alone',
      comment: 'The files of pictures know the domain and no store.',
      severity: 'error',
      from: { path: layer('lib/media') },
      to: { path: '^(components|lib/(?!media/|story/|limits/))' },
    },
    {
      name: 'media-is-reached-through-the-runtime',
      comment: 'Whoever is bundled by Next sees its types: the image library must not come along.',
      severity: 'error',
      from: { pathNot: '^(lib/media/|lib/server\\.ts$|lib/cli/|tests/)' },
      to: { path: '^lib/media/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'reading-reads',
      comment: 'Queries know the domain, the store, who may see what and the shape of what is answered; they never write.',
      severity: 'error',
      from: { path: layer('lib/reading') },
      to: { path: '^(components|lib/(?!reading/|db/|story/|people/|live/contract|accounts/(permissions|person)))' },
    },
    {
      name: 'archives-are-of-stories',
      comment: 'An archive is made of what is read and of the files of pictures; it asks nobody who they are.',
      severity: 'error',
      from: { path: layer('lib/archive') },
      to: { path: '^(components|lib/(?!archive/|story/|db/|reading/|media/))' },
    },
    {
      name: 'the-cache-knows-no-page',
      comment: 'What all readers are answered is kept by its address: the cache has it made by whom it is given.',
      severity: 'error',
      from: { path: layer('lib/cache') },
      to: { path: '^(components|lib/(?!cache/|db/|log/|http/(security-headers|queries)|story/|limits/|addresses))' },
    },
    {
      name: 'accounts-stand-alone',
      severity: 'error',
      from: { path: layer('lib/accounts') },
      to: { path: '^(components|lib/(?!accounts/|db/|people/|limits/))' },
    },
    {
      name: 'limits-know-nobody',
      comment: 'How many at once and how often: whoever limits something says what.',
      severity: 'error',
      from: { path: layer('lib/limits') },
      to: { path: '^(components|lib/(?!limits/))' },
    },
    {
      name: 'the-follower-runs-in-the-browser',
      comment: 'What a page loads to stay live knows the domain, of the contract only the types, and no server.',
      severity: 'error',
      from: {
        path: `^lib/live/(?!(contract|desk-contract|${hubSide})\\.ts)`,
      },
      to: {
        path: [`^lib/(?!live/(?!(contract|desk-contract|${hubSide})\\.ts)|story/)`, '^node:', '^node_modules/(socket\\.io|zod)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'the-hub-only-reads',
      severity: 'error',
      from: { path: '^lib/live/' },
      to: { path: '^(components/|lib/(newsroom|http|accounts|metrics|log)/)' },
    },
    {
      name: 'only-metrics-knows-its-library',
      severity: 'error',
      from: { pathNot: layer('lib/metrics') },
      to: { path: '^node_modules/prom-client/' },
    },
    {
      name: 'metrics-and-the-log-stand-alone',
      severity: 'error',
      from: { path: layer('lib/metrics', 'lib/log') },
      to: { path: '^(components|lib/(?!metrics/|log/))' },
    },
    {
      name: 'metrics-are-handed-on',
      comment: 'Whoever has something to count is given what to tell it by: the server, the runtime slot and the manners of HTTP know of more.',
      severity: 'error',
      from: { pathNot: '^(lib/(metrics|http)/|lib/(server|runtime)\\.ts$|tests/)' },
      to: { path: '^lib/metrics/' },
    },
    {
      name: 'components-stay-in-the-browser',
      comment: 'Components see the domain, what is said of people, the follower, the shape of problems and the words; of the rest only types.',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: `^lib/(?!story/|people/|accounts/person\\.ts|messages/|live/(?!(contract|${hubSide})\\.ts)|http/problem-document\\.ts)`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'story-and-desk-are-strangers',
      severity: 'error',
      from: { path: '^components/(story|desk)/' },
      to: { path: '^components/(story|desk)/', pathNot: '^components/$1/' },
    },
    {
      name: 'ui-is-neither',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^components/(story|desk)/' },
    },
    {
      name: 'server-is-wired-once',
      comment: 'lib/server.ts opens everything; only the program that starts it may import it.',
      severity: 'error',
      from: { pathNot: '^(lib/cli/|tests/)' },
      to: { path: '^lib/server\\.ts$' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^next/' } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(lib/db/generated/(?!client))' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
