import { availableParallelism, loadavg, totalmem } from 'node:os'
import type { Finding } from '../rows/bench.ts'
import type { RowName } from '../arguments.ts'

export interface Section {
  readonly row: RowName
  readonly findings: readonly Finding[]
}

export const TITLES: Readonly<Record<RowName, string>> = {
  'sign-in': 'Password sign-ins, all cores',
  passwordless: 'Sign-ins without a password, all cores',
  'one-core': 'Refresh and session look-up, one core',
  provider: 'OpenID Connect provider, one core',
  overload: 'Refresh while sign-ins flood in',
  start: 'Start and memory',
  scale: 'Sign-in in a large table',
}

export function verdict({ isMet }: Finding): string {
  return isMet === undefined ? '' : isMet ? 'pass' : 'MISS'
}

/** Without dates and names: what it takes to judge the numbers. */
export function machineLine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${availableParallelism()} cores, ${memory} GB of memory, ${process.platform} ${process.arch}, Node ${process.versions.node}`
}

/** Above this load average before the first measurement somebody else is using the machine. */
const BUSY_LOAD_PER_CORE = 0.5

/** A warning when other work was running before the measurements began; call it first. */
export function warnIfBusy(): string | undefined {
  const load = loadavg()[0] ?? 0
  if (load < BUSY_LOAD_PER_CORE * availableParallelism()) return undefined
  return `Other work kept the machine busy during this run (load average ${load.toFixed(1)} before it began): rates, times and CPU costs are worse, and ratios less steady, than on a quiet machine. Measure again on a quiet one before believing a verdict.`
}

/** The table that a terminal shows. */
export function renderText(sections: readonly Section[]): string {
  return sections
    .flatMap(({ row, findings }) => [
      `\n${TITLES[row]}`,
      ...findings.map((one) => `  ${verdict(one).padEnd(5)} ${one.what}\n        ${one.measured} (${one.against})${one.budget ? `, budget ${one.budget}` : ''}; ${one.absolute}`),
    ])
    .join('\n')
}
