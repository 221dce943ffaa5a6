import type { DescribedBranch, DescribedFlow } from '../flow/index.ts'

/** One line a step, one a branch, for reading. */
export function renderFlowText(flow: DescribedFlow): string {
  const steps = flow.steps.flatMap((step, index) => [
    `  ${index + 1}. ${step.name}${step.about === undefined ? '' : ` (${step.about})`}`,
    ...step.branches.map((branch) => `       ${branch.when}${wordsFor(targetOf(flow, branch, index), index)}`),
  ])
  return [`${titleOf(flow)}`, ...steps, `  ${flow.steps.length + 1}. finished: ${flow.finish}`, ''].join('\n')
}

/** A mermaid flowchart, for documents. */
export function renderFlowMermaid(flow: DescribedFlow): string {
  const nodes = flow.steps.map((step, index) => `  s${index + 1}["${step.name}${step.about === undefined ? '' : `<br/>${step.about}`}"]`)
  const end = flow.steps.length + 1
  const edges = flow.steps.flatMap((step, index) => step.branches.map((branch) => {
    const target = targetOf(flow, branch, index)
    return `  s${index + 1} -->|"${branch.when}"| ${target === 'refused' ? target : `s${target}`}`
  }))
  const refused = edges.some((edge) => edge.endsWith(' refused')) ? ['  refused(["refused"])'] : []
  return ['---', `title: ${titleOf(flow)}`, '---', 'flowchart TD', ...nodes, `  s${end}(["${flow.finish}"])`, ...refused, ...edges, ''].join('\n')
}

const titleOf = ({ type, name, isGenerated }: DescribedFlow) => `${type} ${name}, ${isGenerated ? 'generated from the settings' : 'declared'}`

/** The number of the step a branch leads to; one more than there are is the finish. */
function targetOf({ steps }: DescribedFlow, { to }: DescribedBranch, index: number): number | 'refused' {
  if (to === 'refused') return to
  const authenticate = steps.findIndex(({ name }) => name === 'authenticate')
  return (to === 'past_authenticate' ? authenticate : index) + 2
}

const wordsFor = (target: number | 'refused', index: number) => (target === index + 2 ? '' : target === 'refused' ? ' -> refused' : ` -> ${target}`)
