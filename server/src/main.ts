import { enableCompileCache } from 'node:module'

// Beside the code itself, so that whoever may write the one may write the other; where neither can be, it does without.
enableCompileCache(new URL('../../node_modules/.cache/gatepost', import.meta.url).pathname)
const { run } = await import('./cli/run.ts')

process.exitCode = await run(process.argv.slice(2))
