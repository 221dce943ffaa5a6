import { readFileSync } from 'node:fs'
import { duration } from './tables.ts'

export interface NamedNumber {
  readonly name: string
  readonly value: string
  readonly reason: string
}

const CONSTANT = /^\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export )?const ([A-Z][A-Z0-9_]*) = ([\w *]+)$/gm
const ANY_NUMBER = /^(?:export )?const ([A-Z][A-Z0-9_]*) = ([\w *]+)$/gm

/**
 * The named numbers of a source file: value and the reason its comment gives. Only constants with a comment of their own
 * count; one that is no product of numbers is a fault, so that none drops out unseen.
 */
export function readNumbers(file: URL): NamedNumber[] {
  const source = readFileSync(file, 'utf8')
  const values = new Map<string, number>()
  for (const [, name = '', expression = ''] of source.matchAll(ANY_NUMBER)) {
    const value = product(expression, values)
    if (value !== undefined) values.set(name, value)
  }
  return [...source.matchAll(CONSTANT)].map(([, comment = '', name = '']) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`${name} in ${file.pathname} is not a product of numbers`)
    return { name, value: inUnits(name, value), reason: comment.replaceAll(/\s*\n \* ?/g, ' ').trim() }
  })
}

function product(expression: string, known: ReadonlyMap<string, number>): number | undefined {
  const factors = expression.split('*').map((factor) => {
    const text = factor.trim()
    return /^\d[\d_]*$/.test(text) ? Number(text.replaceAll('_', '')) : known.get(text)
  })
  return factors.every((factor) => factor !== undefined) ? factors.reduce((all, factor) => all * factor, 1) : undefined
}

function inUnits(name: string, value: number): string {
  if (name.endsWith('_MS')) return duration(value)
  if (name.endsWith('_SECONDS')) return duration(value * 1_000)
  if (name.endsWith('_BYTES')) return value % 1_024 === 0 ? `${value / 1_024} KiB` : `${value} bytes`
  return String(value)
}
