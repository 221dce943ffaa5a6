/** Adds parameters to the query of a URI without a fragment; what it has of its own stays as it is written. */
export function addParameters(uri: string, parameters: Readonly<Record<string, string>>): string {
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters).toString()}`
}
