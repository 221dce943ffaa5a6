import { STEPS } from './steps.mjs'

const STEP_LINES = STEPS.map((step) => `  ${step.name.padEnd(14)}${step.about}`).join('\n')

export const USAGE = `npm test                        everything
npm test -- <step> ...          only these steps
npm test -- <filter> ...        only the test files whose path contains a filter, in any of the test steps
npm test -- <step> <filter>     both, for example: npm test -- behaviour refresh

Steps:
${STEP_LINES}

GATEPOST_TEST_ENGINES=sqlite    leaves out PostgreSQL, MariaDB and Redis; the summary says so`

/** Splits the words after `npm test --` into step names and Vitest path filters. */
export function readArguments(words) {
  const known = new Set(STEPS.map((step) => step.name))
  const named = words.filter((word) => known.has(word))
  const filters = words.filter((word) => !known.has(word) && !word.startsWith('-'))
  const help = words.includes('--help') || words.includes('-h')
  if (named.length > 0) return { help, stepNames: named, filters }

  const chosen = filters.length > 0 ? STEPS.filter((step) => step.vitestProject !== undefined) : STEPS
  return { help, stepNames: chosen.map((step) => step.name), filters }
}
