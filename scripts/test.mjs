/**
 * `npm test`: installs what is missing, runs every check and test under the pinned Node, ends with one table.
 * Plain JavaScript without dependencies: it must run on Node 20 before anything is installed.
 */
import { readArguments, USAGE } from './test/arguments.mjs'
import { enginesFromEnvironment } from './test/engines.mjs'
import { ensureDependencies } from './install/dependencies.mjs'
import { ensureSystemPrograms } from './install/system-programs.mjs'
import { root } from './install/places.mjs'
import { programsNeededBy, runSteps } from './test/run-steps.mjs'
import { printSummary } from './test/summary.mjs'

const { help, stepNames, filters } = readArguments(process.argv.slice(2))
if (help) {
  console.log(USAGE)
  process.exit(0)
}

const engines = enginesFromEnvironment(process.env)
if (engines.problem !== undefined) {
  console.error(`gatepost: ${engines.problem}`)
  process.exit(1)
}

if (!ensureDependencies(root)) process.exit(1)
if (!ensureSystemPrograms(programsNeededBy(stepNames, engines.names))) process.exit(1)

const results = await runSteps(stepNames, filters)
printSummary(results, engines.names)
process.exitCode = results.every((result) => result.passed) ? 0 : 1
