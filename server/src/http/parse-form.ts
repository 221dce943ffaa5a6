/** Form fields or query parameters, each at most once. Undefined when one is repeated or spelled as an array. */
export function parseFields(text: string): Readonly<Record<string, string>> | undefined {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in fields || /[[\]]/.test(name) || name === '__proto__') return undefined
    fields[name] = value
  }
  return fields
}
