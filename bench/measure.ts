/** Measures what design budgets promise, each as a ratio to a limit measured in the same run (bench/arguments.ts: USAGE). */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readPlan, USAGE, type Plan, type RowName } from './arguments.ts'
import { renderDocument } from './report/document.ts'
import { machineLine, renderText, warnIfBusy, type Section } from './report/render.ts'
import { openBench, type Bench, type Finding } from './rows/bench.ts'
import { measureOneCore } from './rows/one-core.ts'
import { measureOverload } from './rows/overload.ts'
import { measurePasswordless } from './rows/passwordless.ts'
import { measureProvider } from './rows/provider.ts'
import { measureScale } from './rows/scale.ts'
import { measureSignIns } from './rows/sign-in.ts'
import { measureStart } from './rows/start.ts'
import { canPin } from './subjects/start-process.ts'

const ROWS: Readonly<Record<RowName, (bench: Bench) => Promise<Finding[]>>> = {
  'sign-in': measureSignIns,
  passwordless: measurePasswordless,
  'one-core': measureOneCore,
  provider: measureProvider,
  overload: measureOverload,
  start: measureStart,
  scale: measureScale,
}
const DOCUMENT = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url))

async function measure(plan: Plan): Promise<number> {
  const warning = warnIfBusy()
  const bench = await openBench(plan)
  const sections: Section[] = []
  if (!canPin) bench.note('taskset or a second core is missing: the one-core rows share all cores and compare less')
  try {
    for (const row of plan.rows) {
      const section = { row, findings: await ROWS[row](bench) }
      sections.push(section)
      console.error(renderText([section]))
    }
  } finally {
    await bench.close()
  }
  console.log(`${machineLine()}${warning ? `\n${warning}` : ''}${renderText(sections)}`)
  if (plan.writesDocument) {
    await writeFile(DOCUMENT, renderDocument(sections, { given: plan.given, warning }))
    console.log('\nwritten to docs/benchmarks.md')
  }
  const isMissed = sections.some(({ findings }) => findings.some((one) => one.isMet === false))
  return isMissed && plan.exitsOnMiss ? 1 : 0
}

function planOrExit(): Plan {
  try {
    return readPlan(process.argv.slice(2))
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`)
    process.exit(2)
  }
}

// An interrupted run stops its servers: they are killed at exit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.exit(await measure(planOrExit()))
