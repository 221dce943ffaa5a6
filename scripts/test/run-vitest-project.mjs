import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pinnedNode, root } from '../install/places.mjs'
import { judgeReport } from './judge-report.mjs'
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
  // One browser at a time: what is measured there in seconds must not compete with another file for two cores.
  if (project === 'browser') options.push('--no-file-parallelism')
  const { code } = await runCommand(pinnedNode(root), [vitest, ...options, ...filters], { environment, show: true })

  return judgeReport(code, existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined)
}
