/**
 * Makes dist/gatepost.js of the compiled modules: one file for pages without a bundler. Each module's imports and exports go away, the
 * names stay, and the exports of index.js are written at the end; that holds as long as no two modules use one name at their top
 * level, which a browser refuses for `const`, `class` and `function` in a module, so that a clash cannot go unnoticed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Where the compiled modules are; an argument names another folder than dist. */
const dist = process.argv[2] === undefined ? new URL('../dist/', import.meta.url) : pathToFileURL(`${process.argv[2]}/`)
const IMPORT = /^import .*? from "\.\/(.+?)";\n/gm
const EXPORT_FROM = /^export \{ (.+?) \} from "\.\/(.+?)";\n/gm

const joined = []
const seen = new Set()
const exported = []

function join(file) {
  if (seen.has(file)) return
  seen.add(file)
  const code = readFileSync(new URL(file, dist), 'utf8')
  for (const [, imported] of code.matchAll(IMPORT)) join(imported)
  for (const [, names, imported] of code.matchAll(EXPORT_FROM)) {
    join(imported)
    exported.push(...names.split(', '))
  }
  const body = code.replace(IMPORT, '').replace(EXPORT_FROM, '').replace(/^export \{\};\n/gm, '')
  if (file === 'index.js') exported.push(...[...body.matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm)].map(([, name]) => name))
  joined.push(body.replace(/^export (?=async |function |class |const )/gm, ''))
}

join('index.js')
const text = `${joined.join('')}export { ${exported.join(', ')} };\n`
if (/^import /m.test(text) || /^export .* from /m.test(text)) throw new Error('an import was written in a way that this script does not know')
writeFileSync(new URL('gatepost.js', dist), text)
console.log(`${fileURLToPath(new URL('gatepost.js', dist))}: ${text.length} characters, ${exported.join(', ')}`)
