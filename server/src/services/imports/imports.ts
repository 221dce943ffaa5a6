import type { TenantId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { findTakenKeys } from '../../persistence/queries/identity.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import type { Events } from '../events/index.ts'
import type { InsertOutcome } from './insert-account.ts'
import { createAccountInsertion } from './insert-account.ts'
import type { ImportLine, ImportReport } from './import-report.ts'
import { ReportInProgress } from './import-report.ts'
import type { ImportedUser } from './parse-import-line.ts'

export interface Imports {
  /**
   * Reads the lines once to check them all, and when none is refused, once more to make the accounts, a batch a
   * transaction. A line whose address has an account is skipped, so an import that was cut short is simply run again.
   * `open` gives the same lines each time.
   */
  importUsers(open: () => AsyncIterable<ImportLine>, options: { isDryRun: boolean }): Promise<ImportReport>
}

interface ParsedLine {
  readonly line: number
  readonly parsed: Result<ImportedUser, readonly string[]>
}

/** Few enough that others do not wait for a lock, many enough that the commit is not what takes the time. */
const BATCH_LINES = 100

const SKIPPED = 'has an account already: skipped'
const USERNAME_TAKEN = 'username: another account has it'

export function createImports(deps: { database: Database; clock: Clock; random: Random; events: Events; tenantId: TenantId }): Imports {
  const { database, clock, tenantId } = deps
  const insertAccount = createAccountInsertion(deps)

  async function* parsedBatches(lines: AsyncIterable<ImportLine>): AsyncGenerator<readonly ParsedLine[]> {
    // An import is a command's; a server never reads one.
    const { parseImportLine } = await import('./parse-import-line.ts')
    let batch: ParsedLine[] = []
    for await (const { number, content } of lines) {
      if ('text' in content && content.text.trim() === '') continue
      batch.push({ line: number, parsed: 'text' in content ? parseImportLine(content.text, clock.now()) : fail([content.problem]) })
      if (batch.length < BATCH_LINES) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }

  async function check(lines: AsyncIterable<ImportLine>): Promise<ImportReport> {
    const report = new ReportInProgress()
    // The one thing that grows with the file: about a hundred bytes a line, so that a name given twice is found before anything is made.
    const firstLines = { email: new Map<string, number>(), username: new Map<string, number>() }
    for await (const batch of parsedBatches(lines)) {
      const users = usersOf(batch)
      const takenEmails = await findTakenKeys(database.read, tenantId, 'email', users.map(({ email }) => email.key))
      const takenUsernames = await findTakenKeys(database.read, tenantId, 'username', users.flatMap(({ username }) => (username ? [username.key] : [])))
      for (const { line, parsed } of batch) {
        if (!parsed.ok) {
          report.refuse(line, parsed.failure)
          continue
        }
        const { email, username } = parsed.value
        const isKnown = takenEmails.has(email.key)
        const problems = findRepeated(firstLines.email, line, email.key, 'email')
        if (username) problems.push(...findRepeated(firstLines.username, line, username.key, 'username'))
        if (username && !isKnown && takenUsernames.has(username.key)) problems.push(USERNAME_TAKEN)
        if (problems.length > 0) report.refuse(line, problems)
        else if (isKnown) report.skip({ line, reason: `${email.display} ${SKIPPED}` })
        else report.imported += 1
      }
    }
    return report.finished()
  }

  async function insert(lines: AsyncIterable<ImportLine>): Promise<ImportReport> {
    const report = new ReportInProgress()
    for await (const batch of parsedBatches(lines)) {
      // Counted after the commit: a transaction that lost a deadlock is run again from its beginning.
      const outcomes = await database.transaction(async (tx) => {
        const done: InsertOutcome[] = []
        for (const { parsed } of batch) if (parsed.ok) done.push(await insertAccount(tx, parsed.value))
        return done
      })
      for (const { line, parsed } of batch) {
        if (!parsed.ok) {
          report.refuse(line, parsed.failure)
          continue
        }
        const outcome = outcomes.shift()
        if (outcome === 'imported') report.imported += 1
        else if (outcome === 'email_taken') report.skip({ line, reason: `${parsed.value.email.display} ${SKIPPED}` })
        else report.refuse(line, [USERNAME_TAKEN])
      }
    }
    return report.finished()
  }

  return {
    async importUsers(open, { isDryRun }) {
      const checked = await check(open())
      if (checked.refused > 0) return { ...checked, imported: 0 }
      return isDryRun ? checked : insert(open())
    },
  }
}

function usersOf(batch: readonly ParsedLine[]): ImportedUser[] {
  return batch.flatMap(({ parsed }) => (parsed.ok ? [parsed.value] : []))
}

function findRepeated(firstLines: Map<string, number>, line: number, key: string, field: string): string[] {
  const first = firstLines.get(key)
  if (first === undefined) firstLines.set(key, line)
  return first === undefined ? [] : [`${field}: line ${first} has the same`]
}
