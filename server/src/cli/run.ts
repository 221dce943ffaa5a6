import { OperatorError } from '../platform/operator-error.ts'
import { Unavailable } from '../platform/unavailable.ts'
import type { Command } from './command.ts'
import { InputProblem } from './command.ts'
import { COMMANDS } from './commands.ts'

/** They have more options than the lines of `gatepost help` name. */
const DESCRIBE_THEMSELVES: ReadonlySet<string> = new Set(['clients'])

/** Runs `gatepost <command>`; the exit code. Expected trouble is one line on standard error, never a stack trace. */
export async function run(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...args] = argv
  // A plain look-up would also find what every object has, such as `constructor`.
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) {
    console.error(`gatepost: there is no command "${name}"; try: gatepost help`)
    return 2
  }
  // Before anything else is read: whoever asks how a command is used wants nothing done.
  if (!DESCRIBE_THEMSELVES.has(name) && (args.includes('--help') || args.includes('-h'))) {
    console.log((await import('./help.ts')).helpOf(name))
    return 0
  }
  const command: Command = await load()
  try {
    return await command(args)
  } catch (error) {
    if (error instanceof InputProblem) {
      for (const line of error.lines) console.error(`gatepost: ${line}`)
      return error.exitCode
    }
    if (error instanceof OperatorError || error instanceof Unavailable) {
      console.error(`gatepost: ${error.message}`)
      return 1
    }
    throw error
  }
}
