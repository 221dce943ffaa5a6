import { pino } from 'pino'

/** Structured log lines (pino). Callers never hand over secrets; the redaction below is the second fence. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  /** Whether such a line would be written; what would be in it need not be gathered otherwise. */
  isLevelEnabled?(level: 'debug' | 'info'): boolean
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

const REDACTED = ['password', 'new_password', 'current_password', 'code', 'token', 'refresh_token', 'access_token', 'authorization', 'cookie']

export function createLogger(options: { level: LogLevel }): Logger {
  return pino({
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
  })
}
