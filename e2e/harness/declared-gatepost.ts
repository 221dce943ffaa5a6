import { randomBytes } from 'node:crypto'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { bareEnvironment, REPOSITORY, startGatepost, type Gatepost } from './gatepost.ts'

/** As long as an instance goes by the settings it knows. */
const SETTINGS_TAKE_EFFECT_MS = 1_500

export interface DeclaredGatepost extends Gatepost {
  /** Puts settings in force in the place of the former ones, as an operator does. @throws Error with what the command said against them */
  declare(settings: string): Promise<void>
}

/** `gatepost dev` on a SQLite file, beside which `gatepost settings apply` runs. Nobody walks as often as a test: without rate limits. */
export async function startDeclaredGatepost(): Promise<DeclaredGatepost> {
  const folder = await mkdtemp(join(tmpdir(), 'gatepost-declared-'))
  const database = { DATABASE_URL: `sqlite:${join(folder, 'gatepost.db')}`, ENCRYPTION_KEY: randomBytes(32).toString('hex') }
  const gatepost = await startGatepost({ ...database, RATE_LIMITS: 'off' })
  return {
    ...gatepost,
    async declare(settings) {
      const file = join(folder, 'settings.yaml')
      await writeFile(file, settings)
      const command = [join(REPOSITORY, 'server/src/main.ts'), 'settings', 'apply', file]
      await promisify(execFile)(process.execPath, command, { cwd: folder, env: { ...bareEnvironment(), ...database } })
      await pause(SETTINGS_TAKE_EFFECT_MS)
    },
    async remove() {
      await gatepost.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
