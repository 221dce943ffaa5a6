import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from './command.ts'
import { InputProblem, readOptions, withApp } from './command.ts'

import { settingsSecret } from './settings-secret.ts'

const USAGE = 'usage: gatepost settings show | plan FILE | apply FILE | preview FILE [--out DIR]   (- reads standard input), or gatepost settings secret'

/** Settings of the tenant, declared as a YAML or JSON file: docs/reference/settings.md. */
export const settings: Command = async ([action, file, ...rest]) => {
  if (action === 'secret') return settingsSecret(file === undefined ? [] : [file, ...rest])
  if (action === 'preview' && file !== undefined) return preview(file, rest)
  const takesFile = action === 'plan' || action === 'apply'
  if ((action !== 'show' && !takesFile) || rest.length > 0 || takesFile !== (file !== undefined)) throw new InputProblem([USAGE])
  const text = file === undefined ? '' : readDeclared(file)
  const files = file === undefined ? undefined : await readFilesBeside(file, text)
  return withApp(async ({ settings: current }) => {
    if (action === 'show') {
      process.stdout.write(await current.show())
      return 0
    }
    const done = action === 'plan' ? await current.plan(text, files) : await current.apply(text, files)
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

/** What the declared file names beside itself. A file that cannot be read is left out; the plan says so. */
async function readFilesBeside(file: string, text: string): Promise<Map<string, Uint8Array>> {
  const { isBeside, listSettingsFiles } = await import('../services/settings/index.ts')
  const folder = file === '-' ? '.' : dirname(file)
  const read = (path: string): [string, Uint8Array][] => {
    try {
      return isBeside(path) ? [[path, readFileSync(join(folder, path))]] : []
    } catch {
      return []
    }
  }
  return new Map(listSettingsFiles(text).flatMap(read))
}

async function preview(file: string, rest: readonly string[]): Promise<number> {
  const { out } = readOptions(rest, ['out'])
  const text = readDeclared(file)
  const { DEFAULT_PREVIEW_FOLDER, previewSettings } = await import('./preview-settings.ts')
  previewSettings(text, await readFilesBeside(file, text), out ?? DEFAULT_PREVIEW_FOLDER)
  return 0
}
