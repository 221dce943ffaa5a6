import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { previewFiles } from '../app/preview-files.ts'
import { DEFAULT_WORDING } from '../languages/index.ts'
import type { SettingsFiles } from '../services/settings/index.ts'
import { loadDeclaredReader } from '../services/settings/index.ts'
import { InputProblem } from './command.ts'

export const DEFAULT_PREVIEW_FOLDER = 'gatepost-preview'

/** Writes every page and mail as a declared file would make them look. Neither a server nor a database takes part. */
export async function previewSettings(text: string, files: SettingsFiles, folder: string): Promise<void> {
  const { readDeclared } = await loadDeclaredReader()
  const declared = readDeclared(text, files)
  if (!declared.ok) throw new InputProblem(declared.failure, 1)
  const written = previewFiles(declared.value.branding, DEFAULT_WORDING)
  for (const [path, content] of written) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  console.log(`${written.size} files; open ${resolve(folder, 'index.html')}`)
}
