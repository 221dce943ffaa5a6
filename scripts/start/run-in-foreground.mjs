import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { onNpmEnded } from './npm-ended.mjs'

const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** Ctrl-C arrives twice: from the terminal, and from npm which passes it on. Longer apart, a person meant it twice. */
const SAME_SIGNAL_WINDOW_MS = 500
const END_WITH_PARENT = new URL('./end-with-parent.mjs', import.meta.url)

/**
 * Runs a program to its end and returns its exit code (128 + n when signal n ended it).
 *
 * The program gets a process group of its own, so that a Ctrl-C in the terminal reaches it once, through here, instead of
 * once from the terminal and again from every forwarding parent: a second signal may mean "stop at once" to it.
 */
export function runInForeground(program, arguments_) {
  const child = spawn(program, ['--import', fileURLToPath(END_WITH_PARENT), ...arguments_], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
  })

  let forwardedAt = Number.NEGATIVE_INFINITY
  for (const signal of FORWARDED_SIGNALS) {
    process.on(signal, () => {
      if (performance.now() - forwardedAt < SAME_SIGNAL_WINDOW_MS) return
      forwardedAt = performance.now()
      child.kill(signal)
    })
  }

  onNpmEnded(() => {
    // Where a signal came here too, the program has it; another one would cut its end short.
    if (forwardedAt === Number.NEGATIVE_INFINITY) child.kill('SIGTERM')
  })

  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`gatepost: ${program} did not start: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}
