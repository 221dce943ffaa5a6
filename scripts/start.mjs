/**
 * `npm start`: installs what is missing, then runs `gatepost dev` under the pinned Node.
 * Plain JavaScript without dependencies: it must run on Node 20 before anything is installed.
 */
import { join } from 'node:path'
import { pinnedNode, root } from './install/places.mjs'
import { ensureDependencies } from './install/dependencies.mjs'
import { runInForeground } from './start/run-in-foreground.mjs'

if (!ensureDependencies(root)) process.exit(1)

const arguments_ = [join(root, 'server/src/main.ts'), 'dev', ...process.argv.slice(2)]
process.exitCode = await runInForeground(pinnedNode(root), arguments_)
