/** Both shapes in use: the Fetch API's `Headers`, and the record of node:http (lower-case names). */
export type RequestHeaders = { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>

/** The values of one header field; `name` in lower case. Empty when the field is absent. */
export function readHeader(headers: RequestHeaders, name: string): readonly string[] {
  const value = isFetchHeaders(headers) ? headers.get(name) : headers[name]
  if (value === null || value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

function isFetchHeaders(headers: RequestHeaders): headers is { get(name: string): string | null } {
  return typeof headers['get'] === 'function'
}
