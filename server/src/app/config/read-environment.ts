import type { Environment } from './load-config.ts'

/** The one place that reads the process environment. */
export function readEnvironment(): Environment {
  return process.env
}
