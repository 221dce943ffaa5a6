import type { z } from 'zod'

/** One deployment setting: the table of them is the loader, the schema and the reference in one. */
export interface Setting<Value> {
  readonly schema: z.ZodType<Value, string>
  /** Text as it would be typed; undefined leaves the setting unset. */
  readonly default: string | undefined
  /** A secret may come from the file named in `<NAME>_FILE`, and is never printed. */
  readonly isSecret: boolean
  readonly group: 'deployment' | 'database' | 'keys' | 'mail' | 'sign-in' | 'limits' | 'logging'
  readonly description: string
  readonly why: string
}

export function setting<Value>(definition: Omit<Setting<Value>, 'isSecret'> & { isSecret?: boolean }): Setting<Value> {
  return { isSecret: false, ...definition }
}
