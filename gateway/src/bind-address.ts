import { isIPv6 } from 'node:net'

export interface BindAddress {
  /** Undefined: every interface, IPv4 and IPv6. */
  readonly host: string | undefined
  readonly port: number
}

/** Reads `127.0.0.1:3000`, `localhost:3000`, `:3000` (every interface) or `[::1]:3000`; undefined when it is none of these. */
export function parseBindAddress(text: string): BindAddress | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([A-Za-z0-9.-]*)):([0-9]{1,5})$/i.exec(text)
  if (match === null) return undefined
  const [, ipv6, name, digits] = match
  const port = Number(digits)
  if (port > 65_535 || (ipv6 !== undefined && !isIPv6(ipv6))) return undefined
  const host = ipv6 ?? name
  return { host: host === '' ? undefined : host, port }
}

/** An address that a browser on this machine can open. */
export function browsableUrl(bind: BindAddress, port: number): string {
  const isEverywhere = bind.host === undefined || bind.host === '0.0.0.0' || bind.host === '::'
  const host = isEverywhere ? 'localhost' : (bind.host)
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`
}
