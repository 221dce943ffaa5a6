import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The Node 24 that the npm package `node` brings, whatever the machine's own Node is. */
export function pinnedNode(folder) {
  return join(folder, 'node_modules/.bin/node')
}

/** The environment in which `node`, also in `#!/usr/bin/env node`, is the pinned one. */
export function environmentWithPinnedNode(folder) {
  return { ...process.env, PATH: [join(folder, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter) }
}

/**
 * The environment of the machine alone. `npm` puts node_modules/.bin first on PATH; an installation must not run on
 * the very Node that it is about to delete.
 */
export function environmentOfTheMachine(folder) {
  const ours = join(folder, 'node_modules/.bin')
  const others = (process.env.PATH ?? '').split(delimiter).filter((each) => each !== ours)
  return { ...process.env, PATH: others.join(delimiter) }
}
