/**
 * Inside the workspace `exports` points at the TypeScript sources, which Node runs directly; in a packed tarball it must point at
 * the compiled files, because Node strips no types inside node_modules. npm ignores `publishConfig.exports` (only other package
 * managers apply it), so packing swaps the two: `dist` before the tarball is made, `src` afterwards.
 * Run in the folder of the package to swap.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const wanted = process.argv[2]
if (wanted !== 'dist' && wanted !== 'src') {
  console.error('usage: swap-exports.mjs dist|src')
  process.exit(1)
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const isCompiled = JSON.stringify(manifest.exports).includes('./dist/')
if (isCompiled !== (wanted === 'dist')) {
  const published = manifest.publishConfig.exports
  manifest.publishConfig.exports = manifest.exports
  manifest.exports = published
  writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`)
}
