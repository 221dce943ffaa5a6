import type { ImportNote, ImportReport } from '../services/imports/index.ts'
import { InputProblem, withApp } from './command.ts'
import { readLines } from './read-lines.ts'

const USAGE = 'usage: gatepost users import FILE [--dry-run]'

/** Exit code 1 when a line was refused: nothing is changed then. */
export async function importUsers(args: readonly string[]): Promise<number> {
  const files = args.filter((arg) => arg !== '--dry-run')
  const [file] = files
  if (file === undefined || files.length > 1 || file.startsWith('--') || args.length - files.length > 1) throw new InputProblem([USAGE])
  const isDryRun = args.includes('--dry-run')
  return withApp(async ({ imports }) => {
    const report = await imports.importUsers(() => readLines(file), { isDryRun }).catch((error: NodeJS.ErrnoException) => {
      throw error.syscall === 'open' || error.syscall === 'read' ? new InputProblem([`cannot read ${file} (${error.code})`], 1) : error
    })
    tell(report, isDryRun)
    return report.refused > 0 ? 1 : 0
  })
}

function tell(report: ImportReport, isDryRun: boolean): void {
  for (const { line, reason } of report.skips) console.log(`line ${line}: ${reason}`)
  tellMore(report.skipped, report.skips, (text) => console.log(text))
  for (const { line, reason } of report.refusals) console.error(`gatepost: line ${line}: ${reason}`)
  tellMore(report.refused, report.refusals, (text) => console.error(`gatepost: ${text}`))
  const { imported, skipped, refused } = report
  const counts = `${imported} imported, ${skipped} skipped, ${refused} refused`
  if (isDryRun) console.log(`a dry run, nothing was changed: ${counts}`)
  else console.log(refused > 0 && imported === 0 ? `nothing was changed: ${counts}` : counts)
}

function tellMore(count: number, told: readonly ImportNote[], say: (text: string) => void): void {
  const untold = count - new Set(told.map(({ line }) => line)).size
  if (untold > 0) say(`and ${untold} lines more`)
}
