import { readFileSync } from 'node:fs'
import type { Command } from './command.ts'
import { InputProblem, withApp } from './command.ts'

import { settingsSecret } from './settings-secret.ts'

const USAGE = 'usage: gatepost settings show | plan FILE | apply FILE   (- reads standard input), or gatepost settings secret'

/** Settings of the tenant, declared as a YAML or JSON file: docs/reference/settings.md. */
export const settings: Command = async ([action, file, ...rest]) => {
  if (action === 'secret') return settingsSecret(file === undefined ? [] : [file, ...rest])
  const takesFile = action === 'plan' || action === 'apply'
  if ((action !== 'show' && !takesFile) || rest.length > 0 || takesFile !== (file !== undefined)) throw new InputProblem([USAGE])
  const text = file === undefined ? '' : readDeclared(file)
  return withApp(async ({ settings: current }) => {
    if (action === 'show') {
      process.stdout.write(await current.show())
      return 0
    }
    const done = action === 'plan' ? await current.plan(text) : await current.apply(text)
    if (!done.ok) throw new InputProblem(done.failure === 'conflict' ? ['the settings were changed meanwhile: plan again'] : done.failure, 1)
    const { differences } = done.value
    for (const line of differences) console.log(`  ${line}`)
    if (differences.length === 0) console.log('nothing changes')
    else console.log(action === 'plan' ? `${differences.length} to change; apply makes it so` : `${differences.length} changed; in force within a second`)
    return 0
  })
}

function readDeclared(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new InputProblem([`cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`])
  }
}
