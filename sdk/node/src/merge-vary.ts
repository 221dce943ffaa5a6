/** Adds field names to a `Vary` header that something else, such as a CORS middleware, may have set before (RFC 9110, 12.5.5). */
export function mergeVary(existing: number | string | readonly string[] | undefined, added: string): string {
  const names = [existing ?? [], added].flat().flatMap((value) => String(value).split(','))
  const byLowerCase = new Map(names.map((name) => [name.trim().toLowerCase(), name.trim()]))
  byLowerCase.delete('')
  return byLowerCase.has('*') ? '*' : [...byLowerCase.values()].join(', ')
}
