import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The licence texts of every package that the given module files come from: their licences ask that the text travels along. */
export function noticesOf(moduleFiles: readonly string[]): string {
  const packages = new Map<string, string>()
  for (const file of moduleFiles) {
    const folder = packageFolderOf(file)
    if (folder === undefined || packages.has(folder)) continue
    packages.set(folder, noticeOf(folder))
  }
  return [...packages.values()].sort().join('\n----------\n\n')
}

function packageFolderOf(file: string): string | undefined {
  if (!file.includes('/node_modules/')) return undefined
  for (let folder = dirname(file); folder.includes('/node_modules/'); folder = dirname(folder)) {
    // Packages nest a bare {"type": "module"} in their folders; only the outermost file names a package and a version.
    if (existsSync(join(folder, 'package.json')) && manifestOf(folder).version !== undefined) return folder
  }
  return undefined
}

function noticeOf(folder: string): string {
  const { name, version, license } = manifestOf(folder)
  const texts = readdirSync(folder).filter((file) => /^(licen[sc]e|notice|copying)/i.test(file)).sort()
  return [`${name} ${version} (${license ?? 'licence not declared'})`, '', ...texts.map((file) => readFileSync(join(folder, file), 'utf8'))].join('\n')
}

function manifestOf(folder: string): { name?: string; version?: string; license?: string } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string; license?: string }
}
