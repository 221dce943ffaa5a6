/** `npm run fences`: fails on an import that looks up or sideways, and on a source file that was not read at all. */
import { root } from './install/places.mjs'
import { cruiseTree, fences } from './fences/cruise-tree.mjs'

const { holds, moduleCount, unseen, violations } = await cruiseTree(root)
const reasons = new Map(fences.map((rule) => [rule.name, rule.comment]))

for (const name of new Set(violations.map((violation) => violation.rule))) {
  console.log(`${name}: ${reasons.get(name)}`)
  for (const { from, to } of violations.filter((violation) => violation.rule === name)) console.log(`  ${from} -> ${to}`)
}
for (const file of unseen) console.log(`not read by dependency-cruiser: ${file}`)
if (moduleCount === 0) console.log('no source file found')

console.log(`${moduleCount} modules, ${violations.length} violations, ${unseen.length} unseen`)
process.exitCode = holds ? 0 : 1
