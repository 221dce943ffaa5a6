import { expect, test } from 'vitest'
import { cruiseTree, fences } from '../../../scripts/fences/cruise-tree.mjs'
import { withPlantedTree } from './planted-tree.ts'

/** The layers of server/src with what each may import, as ARCHITECTURE tells it: written again here on purpose. */
const MAY_IMPORT: Record<string, string[]> = {
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
const LAYERS = Object.keys(MAY_IMPORT)

/** One violation for each rule that is not about a layer's reach: the importing file, what it imports. */
const OTHER_VIOLATIONS: [rule: string, from: string, imported: string][] = [
  ['domain-is-ours-alone', 'server/src/domain/a.ts', "import { readFileSync } from 'node:fs'; readFileSync('x')"],
  ['domain-is-ours-alone', 'server/src/domain/a.ts', "import { z } from 'zod'; z.string()"],
  ['flow-is-pure', 'server/src/flow/a.ts', "import { randomUUID } from 'node:crypto'; randomUUID()"],
  ['flow-is-pure', 'server/src/flow/a.ts', "import type { ZodType } from 'zod'; export type A = ZodType"],
  ['services-enter-by-index', 'server/src/services/users/a.ts', importOf('../sessions/b.ts')],
  ['doors-enter-services-by-index', 'server/src/endpoints/pages/a.ts', importOf('../../services/sessions/b.ts')],
  ['endpoints-stay-apart', 'server/src/endpoints/pages/a.ts', importOf('../oidc/b.ts')],
  ['doors-see-flow-types-only', 'server/src/endpoints/pages/a.ts', importOf('../../flow/b.ts')],
  ['doors-see-flow-types-only', 'server/src/jobs/a.ts', importOf('../flow/b.ts')],
  ['cli-is-the-top', 'server/src/app/a.ts', importOf('../cli/b.ts')],
  ['cli-is-the-top', 'server/src/app/a.ts', importOf('../main.ts')],
  ['server-never-reaches-out', 'server/src/cli/a.ts', importOf('../../../sdk/node/src/b.ts')],
  ['outside-never-imports-server', 'gateway/src/a.ts', importOf('../../server/src/domain/b.ts')],
  ['outside-never-imports-server', 'sdk/node/src/a.ts', importOf('../../../server/src/domain/b.ts')],
  ['outside-never-imports-server', 'examples/one/src/a.ts', importOf('../../../server/src/domain/b.ts')],
  ['outside-never-imports-server', 'e2e/a.ts', importOf('../server/src/domain/b.ts')],
  ['production-never-imports-tests', 'server/src/cli/a.ts', importOf('../../test/harness/b.ts')],
  ['production-never-imports-tests', 'gateway/src/a.ts', importOf('./b.test.ts')],
  ['no-circular-imports', 'server/src/domain/a.ts', "import type { B } from './b.ts'; export type A = B"],
  ['imports-resolve', 'server/src/domain/a.ts', importOf('./absent.ts')],
]

test.each(LAYERS)('%s imports what is below it and nothing else', async (layer) => {
  const others = LAYERS.filter((other) => other !== layer)
  const imports = others.map((other, index) =>
    `import type { B as B${index} } from '${importPathOf(other)}'\nexport type A${index} = B${index}`,
  )
  const targets = Object.fromEntries(others.map((other) => [targetOf(other), 'export type B = 1\n']))

  const { violations } = await plantAndCruise({ [`server/src/${layer}/one/a.ts`]: imports.join('\n'), ...targets })

  const caught = violations.filter(({ rule }) => rule === `${layer}-looks-down`).map(({ to }) => to)
  const forbidden = others.filter((other) => !MAY_IMPORT[layer]?.includes(other)).map(targetOf)
  expect(caught.sort()).toEqual(forbidden.sort())
})

test.each(LAYERS)('%s imports nothing that stands beside the server', async (layer) => {
  const planted = { [`server/src/${layer}/a.ts`]: importOf('../../../gateway/src/b.ts'), 'gateway/src/b.ts': 'export const b = 1\n' }
  const { violations } = await plantAndCruise(planted)
  expect(violations.map(({ rule }) => rule)).toContain(`${layer}-looks-down`)
})

test.each(OTHER_VIOLATIONS)('%s catches a violation planted in %s', async (rule, from, text) => {
  const { violations } = await plantAndCruise({ ...SURROUNDINGS, [from]: text })
  expect(violations.map((violation) => violation.rule)).toContain(rule)
})

test('the surroundings of the planted violations break no rule by themselves', async () => {
  expect((await plantAndCruise(SURROUNDINGS)).violations).toEqual([])
})

test('every rule has a planted violation', () => {
  const planted = new Set([...LAYERS.map((layer) => `${layer}-looks-down`), ...OTHER_VIOLATIONS.map(([rule]) => rule)])
  expect(fences.map(({ name }) => name).sort()).toEqual([...planted].sort())
})

test('sources that were not read make the fences fail, though no rule was broken', async () => {
  const files = { 'server/src/domain/a.ts': 'export const a = 1\n', 'server/src/domain/b.ts': 'export const b = 1\n' }
  const readsNoTypeScript = { exclude: { path: '\\.ts$' } }

  const read = await withPlantedTree(files, cruiseTree)
  const notRead = await withPlantedTree(files, (folder) => cruiseTree(folder, readsNoTypeScript))

  expect(read).toEqual({ holds: true, moduleCount: 2, unseen: [], violations: [] })
  expect(notRead).toEqual({ holds: false, moduleCount: 2, unseen: Object.keys(files), violations: [] })
})

test('a tree without any source makes the fences fail', async () => {
  expect((await plantAndCruise({ 'README.md': '' })).holds).toBe(false)
})

/** What the planted files import, each at its place. */
const SURROUNDINGS = {
  'package.json': '{ "type": "module", "dependencies": { "zod": "4" } }',
  'node_modules/zod/package.json': '{ "name": "zod", "version": "4.0.0", "type": "module", "exports": "./index.js" }',
  'node_modules/zod/index.js': 'export const z = {}\n',
  'server/src/main.ts': 'export const b = 1\n',
  'server/src/domain/b.ts': "import type { A } from './a.ts'\nexport const b = 1\nexport type B = A\n",
  'server/src/domain/a.ts': 'export type A = 1\n',
  'server/src/flow/b.ts': 'export const b = 1\n',
  'server/src/services/sessions/b.ts': 'export const b = 1\n',
  'server/src/endpoints/oidc/b.ts': 'export const b = 1\n',
  'server/src/cli/b.ts': 'export const b = 1\n',
  'server/test/harness/b.ts': 'export const b = 1\n',
  'gateway/src/b.ts': 'export const b = 1\n',
  'gateway/src/b.test.ts': 'export const b = 1\n',
  'sdk/node/src/b.ts': 'export const b = 1\n',
}

function plantAndCruise(files: Record<string, string>): ReturnType<typeof cruiseTree> {
  return withPlantedTree(files, cruiseTree)
}

function importOf(path: string): string {
  return `import { b } from '${path}'\nexport const a = b\n`
}

/** A service is entered by its index.ts and a door's flow import is a type, so that only the layer rule can speak. */
function targetOf(layer: string): string {
  return layer === 'services' ? 'server/src/services/two/index.ts' : `server/src/${layer}/two/b.ts`
}

/** As written in a file that lies in a folder of another layer. */
function importPathOf(layer: string): string {
  return targetOf(layer).replace('server/src/', '../../')
}
