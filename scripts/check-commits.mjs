/**
 * `npm run check-commits`: the last commits are conventional ones, `type(scope): what changed`, with a scope that is a
 * folder. `npm run check-commits -- <file>` checks the message in a file instead, for a commit-msg hook.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { root } from './install/places.mjs'
import { findMessageProblem } from './commits/find-message-problem.mjs'

const COMMITS_CHECKED = 50

const [messageFile] = process.argv.slice(2)
const messages = messageFile === undefined ? readLog() : [{ id: 'message', subject: readFileSync(messageFile, 'utf8').split('\n')[0] }]

let problems = 0
for (const { id, subject } of messages) {
  const problem = findMessageProblem(subject)
  if (problem === undefined) continue
  problems += 1
  console.log(`${id} ${subject}\n  ${problem}`)
}
console.log(`${messages.length} commit messages, ${problems} problems`)
process.exitCode = problems === 0 ? 0 : 1

/** Empty outside a git checkout and before the first commit. */
function readLog() {
  const { status, stdout } = spawnSync('git', ['log', `-${COMMITS_CHECKED}`, '--format=%h %s'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) return []
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => ({ id: line.slice(0, line.indexOf(' ')), subject: line.slice(line.indexOf(' ') + 1) }))
}
