import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { API } from '../../contract/document.ts'

const read = (path: string) => readFileSync(new URL(`../../../../deploy/reverse-proxy/${path}`, import.meta.url), 'utf8')
const { responses } = API.paths['/_resolver/resolve']!['get']!
const HEADERS = Object.keys((responses['200'] as { headers: Record<string, unknown> }).headers).filter((name) => name.startsWith('X-Gatepost-'))

describe('the configurations of reverse proxies', () => {
  test('know every header of the resolver where they name them: what is not named is the client\'s word', () => {
    expect(HEADERS).toHaveLength(11)
    const [nginx, caddy] = [read('nginx/nginx.conf'), read('caddy/Caddyfile')]
    for (const name of HEADERS) {
      const variable = name.slice('X-'.length).toLowerCase().replaceAll('-', '_')
      expect(nginx).toContain(`auth_request_set $${variable} $upstream_http_x_${variable};`)
      expect(nginx).toContain(`proxy_set_header ${name} $${variable};`)
      expect(/copy_headers (.*)/.exec(caddy)?.[1]?.split(' ')).toContain(name)
      expect(caddy).toContain(`import absent ${name}\n`)
    }
  })

  test('of Traefik take away what a client sends under these names, and protect everything that is not named', () => {
    interface Dynamic {
      http: {
        routers: Record<string, { rule: string; priority: number; service: string; middlewares?: string[] }>
        middlewares: Record<string, { forwardAuth?: { address: string; authResponseHeadersRegex: string }; headers?: { customRequestHeaders: Record<string, string> } }>
        services: Record<string, unknown>
      }
    }
    const { routers, middlewares, services } = (parse(read('traefik/dynamic.yml')) as Dynamic).http
    expect(Object.keys(middlewares['spellings']?.headers?.customRequestHeaders ?? {})).toEqual(HEADERS.map((name) => name.replaceAll('-', '_')))
    for (const [name, { service, middlewares: used = [] }] of Object.entries(routers)) {
      expect(Object.keys(services), name).toContain(service)
      for (const one of used) expect(Object.keys(middlewares), name).toContain(one)
      if (service === 'application') expect(used.filter((one) => middlewares[one]?.forwardAuth?.authResponseHeadersRegex === '(?i)^X-Gatepost-'), name).toHaveLength(1)
    }
    expect(routers['protected']).toMatchObject({ rule: 'PathPrefix(`/`)', priority: Math.min(...Object.values(routers).map(({ priority }) => priority)) })
    expect(middlewares['signed-in']?.forwardAuth?.address).toMatch(/\?mode=enforce&/)
    expect(parse(read('traefik/traefik.yml'))).toMatchObject({ providers: { file: { filename: '/etc/traefik/dynamic.yml' } } })
  })

  test('of Envoy let nothing reach the application that the script did not judge', () => {
    const text = read('envoy/envoy.yaml')
    const configuration = parse(text) as { static_resources: { listeners: { filter_chains: { filters: { typed_config: Record<string, unknown> }[] }[] }[]; clusters: { name: string }[] } }
    const manager = configuration.static_resources.listeners[0]!.filter_chains[0]!.filters[0]!.typed_config as {
      normalize_path: boolean
      http_filters: { name: string }[]
      common_http_protocol_options: { headers_with_underscores_action: string }
      route_config: { virtual_hosts: { routes: { match: { prefix: string; headers?: unknown[] }; route: { cluster: string } }[] }[] }
    }
    expect(manager.http_filters.map(({ name }) => name)).toEqual(['envoy.filters.http.lua', 'envoy.filters.http.router'])
    expect([manager.normalize_path, manager.common_http_protocol_options.headers_with_underscores_action]).toEqual([true, 'DROP_HEADER'])
    for (const { match, route } of manager.route_config.virtual_hosts[0]!.routes) {
      expect(configuration.static_resources.clusters.map(({ name }) => name)).toContain(route.cluster)
      if (route.cluster === 'application') expect(match.headers).toHaveLength(1)
    }
  })
})
