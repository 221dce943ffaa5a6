import type { Policy } from '../flow/index.ts'
import type { Command } from './command.ts'
import { InputProblem, readOptions, withApp } from './command.ts'
import { readDeclaredFile, readFilesBeside } from './read-declared-file.ts'

const USAGE = 'usage: gatepost flows show [FILE] [--type T] [--name N] [--format text|mermaid]   (- reads standard input)'

/** The steps and branches of every flow that settings yield, those in force or a file's: docs/flows.md. */
export const flows: Command = async ([action, ...args]) => {
  if (action !== 'show') throw new InputProblem([USAGE])
  const file = args[0]?.startsWith('--') === false ? args[0] : undefined
  const { type, name, format = 'text' } = readOptions(file === undefined ? args : args.slice(1), ['type', 'name', 'format'])
  if (format !== 'text' && format !== 'mermaid') throw new InputProblem([USAGE])
  const wanted = { type, name, format } as const
  // A file is looked at without a server and without a database.
  if (file !== undefined) return print(await policyOfFile(file), wanted)
  return withApp(async ({ settings }) => print(await settings.policy(), wanted))
}

async function policyOfFile(file: string): Promise<Policy> {
  const { loadDeclaredReader, policyOf } = await import('../services/settings/index.ts')
  const { readDeclared } = await loadDeclaredReader()
  const text = readDeclaredFile(file)
  const declared = readDeclared(text, await readFilesBeside(file, text))
  if (!declared.ok) throw new InputProblem(declared.failure, 1)
  return policyOf(declared.value.document)
}

async function print(policy: Policy, { type, name, format }: { type: string | undefined; name: string | undefined; format: 'text' | 'mermaid' }): Promise<number> {
  const { describeFlow, listDefinitions } = await import('../flow/index.ts')
  const { renderFlowMermaid, renderFlowText } = await import('./render-flow.ts')
  const shown = listDefinitions(policy).filter((one) => (type === undefined || one.type === type) && (name === undefined || one.name === name))
  if (shown.length === 0) throw new InputProblem(['the settings yield no such flow'], 1)
  const render = format === 'mermaid' ? renderFlowMermaid : renderFlowText
  process.stdout.write(shown.map((one) => render(describeFlow(one, policy))).join('\n'))
  return 0
}
