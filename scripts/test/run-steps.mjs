import { environmentWithPinnedNode, root } from '../install/places.mjs'
import { runCommand } from './run-command.mjs'
import { STEPS } from './steps.mjs'
import { runVitestProject } from './run-vitest-project.mjs'

const ENGINE_PROGRAMS = ['mariadb', 'redis']

/** The system programs that these steps start; an engine that is left out needs none. */
export function programsNeededBy(stepNames, engineNames) {
  const needed = stepsNamed(stepNames).flatMap((step) => step.needs ?? [])
  return [...new Set(needed)].filter((program) => !ENGINE_PROGRAMS.includes(program) || engineNames.includes(program))
}

/** Runs the named steps to the end, also after a failure. Each result: { name, passed, seconds, counts }. */
export async function runSteps(stepNames, filters) {
  const results = []
  for (const group of groupsOf(stepsNamed(stepNames))) {
    results.push(...(await Promise.all(group.map((step) => runStep(step, filters)))))
  }
  const aimedAtTests = filters.length > 0 && results.every((result) => result.testsRun !== undefined)
  if (aimedAtTests && results.every((result) => result.testsRun === 0)) {
    results.push({ name: 'filter', passed: false, seconds: 0, counts: `no test file has ${filters.join(' or ')} in its path` })
  }
  return results
}

async function runStep(step, filters) {
  const started = performance.now()
  const environment = environmentWithPinnedNode(root)
  const outcome =
    step.vitestProject === undefined
      ? await runPackageScript(step, environment)
      : await runVitestProject(step.vitestProject, filters, environment)
  return { name: step.name, seconds: (performance.now() - started) / 1000, ...outcome }
}

/** Steps that run at the same time keep their output to themselves until they end; a passed one has nothing to say. */
async function runPackageScript(step, environment) {
  const { code, output } = await runCommand('npm', ['run', '--silent', step.script], { environment, show: false })
  const passed = code === 0
  console.log(passed ? `${step.name}: passed` : `\n── ${step.name} ──\n${output}`)
  return { passed, counts: countsIn(output, step.counts) }
}

function stepsNamed(names) {
  return STEPS.filter((step) => names.includes(step.name))
}

function groupsOf(steps) {
  const groups = []
  for (const step of steps) {
    const previous = groups.at(-1)
    const joins = step.together !== undefined && previous?.[0].together === step.together
    if (joins) previous.push(step)
    else groups.push([step])
  }
  return groups
}

function countsIn(output, pattern) {
  if (pattern !== undefined) return output.match(pattern)?.join(', ') ?? ''
  return output.trim().split('\n').at(-1)
}
