/**
 * `npm run build`: what is shipped. Node strips no types inside node_modules, and a thousand small modules cost half a second
 * at every start, so server/dist holds the sources and what they import as a few files. In the repository the sources run as
 * they are. An argument names another folder than server/dist.
 */
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { noticesOf } from './build/notices.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const target = resolve(process.argv[2] ?? join(root, 'server/dist'))

rmSync(target, { recursive: true, force: true })
const bundle = await rolldown({
  input: {
    main: join(root, 'server/src/main.ts'),
    // A thread is started from a file of its own, found by this name.
    'crypt-worker': join(root, 'server/src/platform/foreign-hash/crypt/crypt-worker.ts'),
  },
  platform: 'node',
  // Native code and data that is read as a file stay packages of their own.
  external: [/^@node-rs\/(argon2|bcrypt)/, /^@zxcvbn-ts\//],
  logLevel: 'warn',
})
const { output } = await bundle.write({ dir: target, format: 'esm', chunkFileNames: '[name]-[hash].js' })
await bundle.close()

cpSync(join(root, 'server/src/endpoints/pages/assets'), join(target, 'assets'), { recursive: true })
const modules = output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
writeFileSync(join(target, 'THIRD-PARTY-NOTICES.txt'), noticesOf(modules))
console.log(`${target}: ${modules.length} modules in ${output.length} files`)
