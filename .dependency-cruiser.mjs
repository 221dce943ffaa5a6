/**
 * The import fences (ARCHITECTURE, "layers"): inside the server an import only looks down, and what is shipped beside the
 * server never imports it. server/test/architecture/import-fences.test.ts proves that every rule catches a violation.
 */
/** Not a package, though npm may put one below a workspace. */
const OURS = '^(server|gateway|sdk|examples|e2e|bench|scripts)/(?!.*node_modules/)'
const TEST_FILE = '\\.test\\.tsx?$'

/** For each layer of server/src, the layers that it may import beside itself. */
const LAYERS = {
  platform: [],
  domain: [],
  languages: [],
  flow: ['domain'],
  protocols: ['platform', 'domain'],
  persistence: ['domain', 'platform'],
  outbound: ['languages', 'protocols', 'domain', 'platform'],
  services: ['flow', 'persistence', 'outbound', 'languages', 'protocols', 'domain', 'platform'],
  http: ['languages', 'domain', 'platform'],
  endpoints: ['http', 'services', 'languages', 'flow', 'protocols', 'domain', 'platform'],
  jobs: ['http', 'services', 'languages', 'flow', 'protocols', 'domain', 'platform'],
  app: ['jobs', 'endpoints', 'http', 'services', 'outbound', 'persistence', 'protocols', 'flow', 'languages', 'domain', 'platform'],
}

function layerRule([layer, below]) {
  const allowed = [layer, ...below].join('|')
  const reach = below.length === 0 ? 'nothing of ours' : below.join(', ')
  return forbid(`${layer}-looks-down`, `${layer} may import ${reach}; everything else is above it or beside it.`, {
    from: { path: `^server/src/${layer}/` },
    to: { path: OURS, pathNot: `^server/src/(${allowed})/` },
  })
}

function forbid(name, comment, { from, to }) {
  return { name, comment, severity: 'error', from, to }
}

const PACKAGE_OR_BUILTIN = {
  dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'],
}

export default {
  forbidden: [
    ...Object.entries(LAYERS).map(layerRule),

    forbid('domain-is-ours-alone', 'domain uses no package and no node: module, so that its rules run and read anywhere.', {
      from: { path: '^server/src/domain/', pathNot: TEST_FILE },
      to: PACKAGE_OR_BUILTIN,
    }),
    forbid('flow-is-pure', 'flow imports domain only: a package or a node: module would bring in I/O, a clock or chance.', {
      from: { path: '^server/src/flow/', pathNot: TEST_FILE },
      to: PACKAGE_OR_BUILTIN,
    }),
    forbid('services-enter-by-index', 'Another service is entered by its index.ts; the files behind it are its own business.', {
      from: { path: '^server/src/services/([^/]+)/' },
      to: { path: '^server/src/services/[^/]+/', pathNot: ['^server/src/services/$1/', '^server/src/services/[^/]+/index\\.ts$'] },
    }),
    forbid('doors-enter-services-by-index', 'A service is entered by its index.ts; the files behind it are its own business.', {
      from: { path: '^server/src/', pathNot: '^server/src/services/' },
      to: { path: '^server/src/services/[^/]+/', pathNot: '^server/src/services/[^/]+/index\\.ts$' },
    }),
    forbid('endpoints-stay-apart', 'One endpoint never imports another: what two doors share belongs to http or to a service.', {
      from: { path: '^server/src/endpoints/([^/]+)/' },
      to: { path: '^server/src/endpoints/', pathNot: '^server/src/endpoints/$1/' },
    }),
    forbid('doors-see-flow-types-only', 'endpoints and jobs render what flow decided: they import its types, never its engine.', {
      from: { path: '^server/src/(endpoints|jobs)/', pathNot: TEST_FILE },
      to: { path: '^server/src/flow/', dependencyTypesNot: ['type-only'] },
    }),
    forbid('cli-is-the-top', 'Only main.ts imports cli, and only the published command imports main.ts.', {
      from: { path: '^server/src/', pathNot: '^server/src/(main\\.ts|cli/)' },
      to: { path: '^server/src/(main\\.ts|cli/)' },
    }),
    forbid('server-never-reaches-out', 'Of what stands beside the server, only the gateway is run by its command line.', {
      from: { path: '^server/src/(main\\.ts|cli/)' },
      to: { path: OURS, pathNot: '^(server/src/|gateway/src/index\\.ts$)' },
    }),
    forbid('outside-never-imports-server', 'gateway, sdk, examples and e2e know the contract, never the server behind it.', {
      from: { path: '^(gateway|sdk|examples|e2e)/' },
      to: { path: '^server/' },
    }),
    forbid('production-never-imports-tests', 'What is shipped must run without the tests.', {
      from: { path: '^(server|gateway|sdk/[^/]+)/src/', pathNot: TEST_FILE },
      to: { path: [TEST_FILE, '^(server|gateway|sdk/[^/]+)/test/'] },
    }),
    forbid('no-circular-imports', 'Two files that import each other are one file; types count too.', {
      from: {},
      to: { circular: true },
    }),
    forbid('imports-resolve', 'An import that leads nowhere hides from every other rule.', {
      from: {},
      to: { couldNotResolve: true },
    }),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types', 'require'] },
  },
}
