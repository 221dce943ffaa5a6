import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'

/** Callers never hand over headers, cookies, query strings or tokens. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** One JSON object a line. */
export function createJsonLogger(write: (line: string) => void, clock: Clock = systemClock): Logger {
  const log = (level: string) => (fields: object, message: string) => {
    write(`${JSON.stringify({ level, time: new Date(clock.now()).toISOString(), message, ...fields })}\n`)
  }
  return { info: log('info'), warn: log('warn'), error: log('error') }
}

export const silentLogger: Logger = { info() {}, warn() {}, error() {} }
