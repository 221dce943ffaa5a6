import { migrateDown, migrateUp, migrationStatus, openDatabase } from '../persistence/index.ts'
import { systemClock } from '../platform/clock.ts'
import { systemRandom } from '../platform/random.ts'
import type { Command } from './command.ts'
import { configOrExit, InputProblem, refuseArguments } from './command.ts'

export const migrate: Command = async ([action, ...args]) => {
  if (action !== 'up' && action !== 'down' && action !== 'status') throw new InputProblem(['migrate takes up, down or status'])
  refuseArguments(args)
  const config = configOrExit()
  const database = await openDatabase({ url: config.databaseUrl, random: systemRandom })
  try {
    if (action === 'status') {
      const { applied, pending, unknown } = await migrationStatus(database)
      for (const one of applied) console.log(`applied  ${one.name}  ${new Date(one.at).toISOString()}`)
      for (const name of pending) console.log(`pending  ${name}`)
      for (const name of unknown) console.log(`unknown  ${name}  (applied by a newer release)`)
      return pending.length + unknown.length === 0 ? 0 : 1
    }
    const report = action === 'up' ? await migrateUp(database, { clock: systemClock }) : await migrateDown(database)
    if (!report.ok) throw new InputProblem([report.message], 1)
    console.log(report.migrations.length === 0 ? 'nothing to do' : `${action}: ${report.migrations.join(', ')}`)
    return 0
  } finally {
    await database.close()
  }
}
