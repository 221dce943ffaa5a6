import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const ROOT_FOLDERS = ['server', 'gateway', 'sdk', 'examples', 'e2e', 'bench', 'scripts']
const NOT_SOURCE = new Set(['node_modules', 'dist', 'data', 'vendor'])
const CODE = /\.(ts|tsx|mts|js|mjs|cjs)$/

/** Every path of the repository's code folders, relative to its root, folders included. */
export async function listPaths(): Promise<string[]> {
  const found = await Promise.all(ROOT_FOLDERS.map((folder) => walk(join(ROOT, folder))))
  return found.flat().map((path) => relative(ROOT, path))
}

/** Every code file with its text. */
export async function readSources(): Promise<{ path: string; text: string }[]> {
  const paths = (await listPaths()).filter((path) => CODE.test(path))
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(ROOT, path), 'utf8') })))
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const found = entries
    .filter((entry) => !NOT_SOURCE.has(entry.name))
    .map(async (entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? [path, ...(await walk(path))] : [path]
    })
  return (await Promise.all(found)).flat()
}
