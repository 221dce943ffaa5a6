import { enableCompileCache } from 'node:module'

// Inside the package itself, so that whoever may write the code may write the cache; where neither can be, it does without.
enableCompileCache(new URL('../.cache/compiled', import.meta.url).pathname)
const { run } = await import('./cli/run.ts')

process.exitCode = await run(process.argv.slice(2))
