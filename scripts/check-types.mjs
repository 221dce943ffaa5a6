/** `npm run types`: TypeScript over every project, without output. Browser code must not see Node's types, hence several. */
import { environmentWithPinnedNode, root } from './install/places.mjs'
import { runCommand } from './test/run-command.mjs'

const PROJECTS = ['tsconfig.json', 'tsconfig.browser.json', 'e2e/tsconfig.json']
/** TypeScript's error for a project that has no file. */
const NO_INPUTS = 'error TS18003'

const environment = environmentWithPinnedNode(root)
let errors = 0
for (const project of PROJECTS) {
  const { code, output } = await runCommand('tsc', ['--noEmit', '--pretty', 'false', '-p', project], { environment, show: false })
  if (output.includes(NO_INPUTS)) {
    console.log(`${project}: no files`)
    continue
  }
  const found = output.split('\n').filter((line) => line.includes('error TS')).length
  errors += code === 0 ? 0 : Math.max(found, 1)
  if (code !== 0) console.log(output.trimEnd())
}
console.log(`${PROJECTS.length} projects, ${errors} errors`)
process.exitCode = errors === 0 ? 0 : 1
