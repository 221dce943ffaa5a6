import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { App } from '../app/compose.ts'
import type { Config } from '../app/config/load-config.ts'
import { loadConfig } from '../app/config/load-config.ts'
import { readEnvironment } from '../app/config/read-environment.ts'
import { StartRefused } from '../app/start-refused.ts'

/** A command takes its arguments and gives the exit code. */
export type Command = (args: readonly string[]) => Promise<number>

/** What the person typed or configured is not usable; each line says what and how to mend it. */
export class InputProblem extends Error {
  override readonly name = 'InputProblem'
  readonly lines: readonly string[]
  readonly exitCode: number

  constructor(lines: readonly string[], exitCode = 2) {
    super(lines.join('; '))
    this.lines = lines
    this.exitCode = exitCode
  }
}

/** The configuration of this process, or all its problems at once. */
export function configOrExit(overrides: Readonly<Record<string, string>> = {}): Config {
  const loaded = loadConfig({ ...readEnvironment(), ...overrides })
  if (!loaded.ok) throw new InputProblem(loaded.failure, 1)
  return loaded.value
}

/** Runs a one-off against the services, without a listener, on a schema that fits. Only then is the server loaded. */
export async function withApp(work: (app: App) => Promise<number>): Promise<number> {
  const config = configOrExit({ LOG_LEVEL: 'error' })
  refuseMissingFile(config.databaseUrl)
  const { compose } = await import('../app/compose.ts')
  const { checkSchema } = await import('../persistence/index.ts')
  const app = await compose(config)
  try {
    const schema = await checkSchema(app.database)
    if (!schema.ok) throw new StartRefused(schema.message)
    return await work(app)
  } finally {
    await app.close()
  }
}

/** Run from another folder, a command would otherwise make a new, empty database there and speak about that one. */
function refuseMissingFile(databaseUrl: string): void {
  const path = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : undefined
  if (path === undefined || existsSync(path)) return
  throw new InputProblem([`there is no database at ${resolve(path)}: run this in the folder of the server, or set DATABASE_URL`], 1)
}

/** For commands that take nothing (more): what is not understood is not ignored. */
export function refuseArguments(args: readonly string[]): void {
  if (args.length > 0) throw new InputProblem([`"${args[0]}" is not an option here; try: gatepost help`])
}

/** The value of `--name value`; refuses what it does not know. */
export function readOptions(args: readonly string[], known: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {}
  for (let index = 0; index < args.length; index += 2) {
    const name = args[index]?.replace(/^--/, '') ?? ''
    const value = args[index + 1]
    if (!args[index]?.startsWith('--') || !known.includes(name)) throw new InputProblem([`"${args[index]}" is not an option here; known: ${known.map((one) => `--${one}`).join(', ')}`])
    if (value === undefined) throw new InputProblem([`--${name} needs a value`])
    options[name] = value
  }
  return options
}
