import { parseArgs } from 'node:util'

export const ROW_NAMES = ['sign-in', 'passwordless', 'one-core', 'provider', 'overload', 'start', 'scale'] as const
export type RowName = (typeof ROW_NAMES)[number]

/** How long and how much is measured. */
export interface Plan {
  readonly rows: readonly RowName[]
  readonly rounds: number
  readonly secondsEach: number
  /** Users in the large table of the scale row. */
  readonly manyUsers: number
  readonly exitsOnMiss: boolean
  readonly writesDocument: boolean
  /** The arguments as given, for the document. */
  readonly given: readonly string[]
}

export const USAGE = `npm run bench [-- options]
  --quick        short rounds, under 90 s; for a look, not for a claim
  --full         1,000,000 users instead of 100,000 in the scale row
  --only <row>   ${ROW_NAMES.join(', ')}; may be repeated; docs/benchmarks.md is left alone
  --check        exit 1 when a budget is missed`

/** @throws TypeError with a message for the person when an option is unknown */
export function readPlan(argv: readonly string[]): Plan {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  })
  const only = values.only.map(rowNamed)
  return {
    rows: only.length > 0 ? only : ROW_NAMES,
    rounds: 3,
    secondsEach: values.quick ? 0.8 : 3,
    manyUsers: values.full ? 1_000_000 : 100_000,
    exitsOnMiss: values.check,
    writesDocument: only.length === 0 && !values.quick,
    given: argv,
  }
}

function rowNamed(text: string): RowName {
  const name = ROW_NAMES.find((row) => row === text)
  if (name === undefined) throw new TypeError(`there is no row "${text}": ${ROW_NAMES.join(', ')}`)
  return name
}
