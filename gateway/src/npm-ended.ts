/** How often is looked whether the parent is still the same; nothing tells a process of it. */
const LOOK_EVERY_MS = 250
/** As it is when this is loaded: it may be gone before there is something to stop. */
const PARENT = process.ppid

/**
 * Calls once when npm, which runs a script in a shell (`npx gatepost-gateway`), lost that shell: a signal to npm's own process
 * ends it and the shell, and reaches nobody below. Does nothing where npm runs no script, or one that put something into
 * the background itself: a gateway that was started to stay outlives whoever started it.
 */
export function onNpmEnded(call: () => void, environment: Readonly<Record<string, string | undefined>>): void {
  const script = environment['npm_lifecycle_script']
  if (script === undefined || /(^|[^&>])&($|[^&>])/.test(script)) return
  const timer = setInterval(() => {
    if (process.ppid === PARENT) return
    clearInterval(timer)
    call()
  }, LOOK_EVERY_MS)
  timer.unref()
}
