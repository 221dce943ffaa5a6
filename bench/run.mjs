/**
 * `npm run bench`: installs what is missing, then measures under the pinned Node.
 * Plain JavaScript without dependencies: it must run on Node 20 before anything is installed.
 */
import { join } from 'node:path'
import { ensureDependencies } from '../scripts/install/dependencies.mjs'
import { pinnedNode, root } from '../scripts/install/places.mjs'
import { runInForeground } from '../scripts/start/run-in-foreground.mjs'

if (!ensureDependencies(root)) process.exit(1)

// What is measured is what is shipped.
if ((await runInForeground(pinnedNode(root), [join(root, 'scripts/build-server.ts')])) !== 0) process.exit(1)

const arguments_ = [join(root, 'bench/measure.ts'), ...process.argv.slice(2)]
process.exitCode = await runInForeground(pinnedNode(root), arguments_)
