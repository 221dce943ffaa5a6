import type { Command } from './command.ts'
import { InputProblem, readOptions, withApp } from './command.ts'
import { readDeclaredFile, readFilesBeside } from './read-declared-file.ts'
import { settingsSecret } from './settings-secret.ts'

const USAGE = 'usage: gatepost settings show | plan FILE | apply FILE | preview FILE [--out DIR]   (- reads standard input), or gatepost settings secret'

/** Settings of the tenant, declared as a YAML or JSON file: docs/reference/settings.md. */
export const settings: Command = async ([action, file, ...rest]) => {
  if (action === 'secret') return settingsSecret(file === undefined ? [] : [file, ...rest])
  if (action === 'preview' && file !== undefined) return preview(file, rest)
  const takesFile = action === 'plan' || action === 'apply'
  if ((action !== 'show' && !takesFile) || rest.length > 0 || takesFile !== (file !== undefined)) throw new InputProblem([USAGE])
  const text = file === undefined ? '' : readDeclaredFile(file)
  const files = file === undefined ? undefined : await readFilesBeside(file, text)
  return withApp(async ({ settings: current, messages }) => {
    if (action === 'show') {
      process.stdout.write(await current.show())
      for (const line of await current.listNotInForce()) console.error(`gatepost: ${line}`)
      return 0
    }
    const done = action === 'plan' ? await current.plan(text, files) : await current.apply(text, files)
    if (!done.ok) throw new InputProblem(done.failure === 'conflict' ? ['the settings were changed meanwhile: plan again'] : done.failure, 1)
    const { differences, document } = done.value
    const unsent = messages.describeUnsentCodes(document)
    if (unsent) console.error(`gatepost: ${unsent}`)
    for (const line of differences) console.log(`  ${line}`)
    if (differences.length === 0) console.log('nothing changes')
    else console.log(action === 'plan' ? `${differences.length} to change; apply makes it so` : `${differences.length} changed; in force within a second`)
    return 0
  })
}

async function preview(file: string, rest: readonly string[]): Promise<number> {
  const { out } = readOptions(rest, ['out'])
  const text = readDeclaredFile(file)
  const { DEFAULT_PREVIEW_FOLDER, previewSettings } = await import('./preview-settings.ts')
  await previewSettings(text, await readFilesBeside(file, text), out ?? DEFAULT_PREVIEW_FOLDER)
  return 0
}
