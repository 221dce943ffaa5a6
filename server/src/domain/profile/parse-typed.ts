import type { AddressPart, AttributeDefinition } from './attribute.ts'
import { ADDRESS_PARTS } from './attribute.ts'

/**
 * What the fields of a form say about an attribute, as JSON would have said it: null where nothing was typed, undefined
 * where the form does not ask. An address has a field for each part (`address.locality`), a boolean is `yes`, `no` or ''.
 */
export function parseTyped({ name, type }: AttributeDefinition, fields: Readonly<Record<string, string>>): unknown {
  if (type === 'address') return parseAddress(name, fields)
  const text = Object.hasOwn(fields, name) ? fields[name]?.trim() : undefined
  if (text === undefined) return undefined
  if (text === '') return null
  if (type === 'boolean') return text === 'yes' ? true : text === 'no' ? false : text
  return type === 'number' || type === 'integer' ? parseNumber(text) : text
}

function parseAddress(name: string, fields: Readonly<Record<string, string>>): unknown {
  const typed = ADDRESS_PARTS.flatMap((part): [AddressPart, string][] => {
    const text = fields[`${name}.${part}`]
    return text === undefined ? [] : [[part, text.trim()]]
  })
  if (typed.length === 0) return undefined
  return typed.every(([, text]) => text === '') ? null : Object.fromEntries(typed)
}

/** Text that is no decimal number stays text, and is refused as that. */
function parseNumber(text: string): number | string {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}
