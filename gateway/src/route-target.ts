export type Upstream = 'gatepost' | 'app'

/** Wide enough for anything honest; each round of decoding beyond it is one more reading that somebody downstream might take. */
const MAX_DECODINGS = 3

/**
 * Says which upstream a request target belongs to, or undefined when it could be read in more than one way.
 * Proxies and applications disagree about `..`, `//`, `%2f`, `;` and backslashes. Normalising here would only add one more opinion, so
 * a target is refused when any common reading of it climbs, is another form of target, or would take it to the other upstream.
 */
export function routeTarget(target: string, basePath: string): Upstream | undefined {
  // Origin form only (RFC 9112, 3.2.1): no absolute form, no `*`, no fragment, nothing outside visible ASCII.
  if (!/^\/(?!\/)[\x21-\x7e]*$/.test(target) || target.includes('#')) return undefined
  const path = target.split('?', 1)[0] as string
  const readings = readPath(path)
  if (readings === undefined) return undefined
  const upstream = ownerOf(path, basePath)
  const isUnambiguous = readings.every((reading) => !climbs(reading) && ownerOf(flatten(reading), basePath) === upstream)
  return isUnambiguous ? upstream : undefined
}

/** The path and what it becomes when percent-decoded again and again; undefined when it is no valid UTF-8 or hides a control character. */
function readPath(path: string): readonly string[] | undefined {
  const readings = [path]
  for (let round = 0; round < MAX_DECODINGS; round += 1) {
    const decoded = decode(readings.at(-1) as string)
    // The first decoding is what every server does, so it must succeed; a literal percent sign ends the later ones.
    if (decoded === undefined) return round === 0 ? undefined : readings
    if (decoded === readings.at(-1)) return readings
    if (/[\u0000-\u001f\u007f]/.test(decoded)) return undefined
    readings.push(decoded)
  }
  return readings
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** A backslash is a slash to browsers and some servers; `..;x` is `..` to servers that know path parameters. */
function climbs(reading: string): boolean {
  return reading.includes('\\') || reading.split('/').some((segment) => /^\.{1,2}(;.*)?$/.test(segment))
}

function flatten(reading: string): string {
  return reading.replace(/;[^/]*/g, '').replace(/\/{2,}/g, '/')
}

/** RFC 8414 section 3.1: the metadata of an issuer that has a path stands at the root, with that path behind the name. */
const METADATA = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']

function ownerOf(path: string, basePath: string): Upstream {
  if (METADATA.some((name) => path === `${name}${basePath}`)) return 'gatepost'
  return basePath === '/' || path === basePath || path.startsWith(`${basePath}/`) ? 'gatepost' : 'app'
}
