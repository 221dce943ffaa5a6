import { DEFAULT_TENANT_ID, isUuid } from '../domain/ids.ts'
import type { OutboxId } from '../domain/ids.ts'
import { maskPhone } from '../domain/phone.ts'
import type { Command } from './command.ts'
import { InputProblem, readOptions, refuseArguments, withApp } from './command.ts'

const LISTED = 100

export const outbox: Command = async ([action, ...args]) => {
  if (action === 'list') {
    refuseArguments(args)
    return withApp(async (app) => {
      const dead = await app.outbox.list(DEFAULT_TENANT_ID, { state: 'dead', limit: LISTED })
      const pending = await app.outbox.list(DEFAULT_TENANT_ID, { state: 'pending', limit: LISTED })
      for (const entry of [...dead, ...pending]) {
        console.log(`${entry.state}  ${entry.id}  ${entry.attempts} tries  ${entry.mail?.to ?? (entry.message ? maskPhone(entry.message.to) : (entry.recipient ?? ''))}  ${entry.lastError ?? ''}`)
      }
      if (dead.length + pending.length === 0) console.log('everything is delivered')
      return 0
    })
  }
  const { id } = readOptions(args, ['id'])
  if (action !== 'retry' || id === undefined || !isUuid(id)) throw new InputProblem(['usage: gatepost outbox list | retry --id ID'])
  return withApp(async (app) => {
    if (await app.outbox.retry(DEFAULT_TENANT_ID, id as OutboxId)) {
      console.log('it will be tried again')
      return 0
    }
    console.error('gatepost: there is no dead delivery with this id')
    return 1
  })
}
