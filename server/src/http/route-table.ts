import type { FastifyInstance } from 'fastify'

/** Which methods an address answers to. */
export interface RouteTable {
  /** The methods of the route that the path belongs to; undefined when there is no such route. */
  methodsOf(requestTarget: string): readonly string[] | undefined
}

/** Follows the routes as they are mounted, so that no door can forget to answer 405 (RFC 9110 section 15.5.6). */
export function followRoutes(listener: FastifyInstance): RouteTable {
  const table = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  listener.addHook('onRoute', ({ url, method }) => {
    const entry = table.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() }
    for (const one of [method].flat()) entry.methods.add(one)
    table.set(url, entry)
  })
  return {
    methodsOf(requestTarget) {
      // A request target may be absolute (RFC 9112 section 3.2.2); the router drops its origin too.
      const path = requestTarget.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] ?? ''
      for (const { pattern, methods } of table.values()) if (pattern.test(path)) return [...methods]
      return undefined
    },
  }
}

function patternOf(url: string): RegExp {
  const segments = url.split('/').map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replace(/[^A-Za-z0-9_-]/g, '\\$&')))
  return new RegExp(`^${segments.join('/')}$`)
}
