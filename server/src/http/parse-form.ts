/** Form fields or query parameters, each at most once. Undefined when one is repeated, spelled as an array or not UTF-8. */
export function parseFields(text: string): Readonly<Record<string, string>> | undefined {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  if (!isDecodable(text)) return undefined
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in fields || /[[\]]/.test(name) || name === '__proto__') return undefined
    fields[name] = value
  }
  return fields
}

/** URLSearchParams would put a replacement character where a byte is wrong: two different passwords would be the same. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
