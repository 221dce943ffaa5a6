/** How often is looked whether the parent is still the same; nothing tells a process of it. */
const LOOK_EVERY_MS = 250

/**
 * Calls once when npm, which runs a script in a shell, lost that shell: a signal to npm's own process ends it and the shell,
 * and reaches nobody below. Does nothing where npm runs no script, or one that put something into the background itself.
 */
export function onNpmEnded(call, environment = process.env) {
  const script = environment.npm_lifecycle_script
  if (script === undefined || /(^|[^&>])&($|[^&>])/.test(script)) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    call()
  }, LOOK_EVERY_MS)
  timer.unref()
}
