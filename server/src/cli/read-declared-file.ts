import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { InputProblem } from './command.ts'

/** The text of a declared file; `-` is standard input. */
export function readDeclaredFile(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new InputProblem([`cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`])
  }
}

/** What the declared file names beside itself. A file that cannot be read is left out; the plan says so. */
export async function readFilesBeside(file: string, text: string): Promise<Map<string, Uint8Array>> {
  const { loadDeclaredReader } = await import('../services/settings/index.ts')
  const { isBeside, listSettingsFiles } = await loadDeclaredReader()
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
