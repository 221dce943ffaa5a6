import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pinnedNode, root } from '../install/places.mjs'
import { runCommand } from './run-command.mjs'

const REPORT_FOLDER = join(root, '.cache/test-reports')

/**
 * Runs one project of vitest.config.ts in sight. A run in which no test ran has failed, unless a path filter chose
 * files of other projects.
 */
export async function runVitestProject(project, filters, environment) {
  const report = join(REPORT_FOLDER, `${project}.json`)
  mkdirSync(REPORT_FOLDER, { recursive: true })
  rmSync(report, { force: true })

  console.log(`\n── ${project} ──`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const options = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  if (filters.length > 0) options.push('--passWithNoTests')
  const { code } = await runCommand(pinnedNode(root), [vitest, ...options, ...filters], { environment, show: true })

  const counts = existsSync(report) ? readCounts(report) : undefined
  if (counts === undefined) return { passed: false, testsRun: 0, counts: 'no report' }
  return { passed: code === 0, testsRun: counts.passed + counts.failed, counts: describe(counts) }
}

function readCounts(file) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(file, 'utf8'))
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests, files: testResults.length }
}

function describe({ passed, failed, skipped, files }) {
  const parts = [`${passed} passed`]
  if (failed > 0) parts.push(`${failed} failed`)
  if (skipped > 0) parts.push(`${skipped} skipped`)
  return `${parts.join(', ')} in ${files} files`
}
