/**
 * Generates the contracts and the reference again and fails when that changes, adds or removes a file: what is committed
 * is what the code says. The folders are compared before and after, so this also holds outside a git checkout.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pinnedNode, root } from './install/places.mjs'

const GENERATED_FOLDERS = ['contracts', 'docs/reference']
const GENERATED_FILES = ['sdk/browser/src/contract-types.ts']
const GENERATOR = 'scripts/generate-contracts.ts'

function readGenerated() {
  const files = GENERATED_FOLDERS.map((folder) => join(root, folder))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .concat(GENERATED_FILES.map((file) => join(root, file)).filter(existsSync))
  return new Map(files.map((file) => [file.slice(root.length + 1), readFileSync(file, 'utf8')]))
}

if (!existsSync(join(root, GENERATOR))) {
  console.log(`nothing to generate: there is no ${GENERATOR}`)
  process.exit(0)
}

const committed = readGenerated()
const { status } = spawnSync(pinnedNode(root), [join(root, GENERATOR)], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
const generated = readGenerated()

const stale = [...new Set([...committed.keys(), ...generated.keys()])].filter((file) => committed.get(file) !== generated.get(file))
for (const file of stale) console.log(`was not current: ${file} (it is now; commit it)`)
console.log(`${generated.size} generated files, ${stale.length} were stale`)
process.exitCode = status === 0 && stale.length === 0 ? 0 : 1
