import type { z } from 'zod'

type RawIssue = z.core.$ZodRawIssue

/** What a place takes, by zod's name for it. */
const ALLOWED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of settings',
  record: 'a group of settings',
  null: 'null',
}
/** Text that is shown back: one word, of which a mistake is made; anything longer may be something that was put here by accident. */
const ONE_WORD = /^[\w.:@+-]{1,40}$/

/**
 * The sentence of a problem that no setting has one of its own for: what is allowed there, and what was found.
 * Undefined leaves it to zod.
 */
export function describeIssue(issue: RawIssue): string | undefined {
  const found = `found ${describeFound(issue.input)}`
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${ALLOWED[issue.expected] ?? issue.expected}; ${found}`
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}; ${found}`
    case 'too_small':
      return `must ${describeBound(issue.origin, 'at least', issue.minimum)}; ${found}`
    case 'too_big':
      return `must ${describeBound(issue.origin, 'at most', issue.maximum)}; ${found}`
    case 'invalid_format':
      return `must be ${issue.format === 'regex' ? 'of another form' : `of the form ${issue.format}`}; ${found}`
    case 'not_multiple_of':
      return `must be a multiple of ${String(issue.divisor)}; ${found}`
    case 'invalid_key':
      return 'has a name that is not taken here'
    case 'invalid_union':
      if (isGroup(issue.input) && typeof issue['discriminator'] === 'string' && Array.isArray(issue['options'])) {
        return `must be one of ${issue['options'].map(String).join(', ')}; found ${describeFound(issue.input[issue['discriminator']])}`
      }
      return `is not one of the forms that are taken here; ${found}`
    case 'invalid_element':
    case 'unrecognized_keys':
    case 'custom':
      return undefined
  }
}

function isGroup(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null
}

function describeBound(origin: string, which: 'at least' | 'at most', bound: number | bigint): string {
  if (origin === 'string') return `be ${which} ${bound} characters long`
  if (origin === 'array' || origin === 'set') return `have ${which} ${bound} entries`
  return `be ${which} ${bound}`
}

function describeFound(input: unknown): string {
  if (input === undefined) return 'nothing'
  if (input === null) return 'null'
  if (Array.isArray(input)) return `a list of ${input.length}`
  if (typeof input === 'number' || typeof input === 'boolean') return String(input)
  if (typeof input !== 'string') return 'a group of settings'
  return ONE_WORD.test(input) ? JSON.stringify(input) : `text of ${input.length} characters`
}
