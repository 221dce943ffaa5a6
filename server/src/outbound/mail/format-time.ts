import { texts } from './texts.ts'

/** `22 Nov 2026, 14:05 UTC`. `at` in milliseconds since 1970; UTC, because the server does not know where the reader lives. */
export function formatTime(at: number): string {
  const date = new Date(at).toISOString()
  const month = texts.months[Number(date.slice(5, 7)) - 1] ?? ''
  return texts.time(String(Number(date.slice(8, 10))), month, date.slice(0, 4), date.slice(11, 16))
}
