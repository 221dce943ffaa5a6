import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import type { Frame } from './views/index.ts'

const FILES = {
  css: { file: 'gatepost.css', type: 'text/css; charset=utf-8' },
  mailboxCss: { file: 'mailbox.css', type: 'text/css; charset=utf-8' },
  script: { file: 'enhance.js', type: 'text/javascript; charset=utf-8' },
  passkeys: { file: 'passkeys.js', type: 'text/javascript; charset=utf-8' },
  passwordMeter: { file: 'password-meter.js', type: 'text/javascript; charset=utf-8' },
  sprite: { file: 'sprite.svg', type: 'image/svg+xml' },
  favicon: { file: 'favicon.svg', type: 'image/svg+xml' },
} as const

interface Asset {
  readonly url: string
  readonly type: string
  readonly body: Buffer
}

export interface Assets {
  readonly urls: Frame['assets']
  readonly all: readonly Asset[]
}

/** Reads the few static files once; their address holds a digest of their content, so browsers may keep them for ever. */
export function loadAssets(basePath: string): Assets {
  const load = ({ file, type }: { file: string; type: string }): Asset => {
    const body = readFileSync(new URL(`./assets/${file}`, import.meta.url))
    const digest = createHash('sha256').update(body).digest('base64url').slice(0, 12)
    return { url: `${basePath}/assets/${digest}/${file}`, type, body }
  }
  const all = Object.entries(FILES).map(([name, file]) => [name, load(file)] as const)
  const urls = Object.fromEntries(all.map(([name, { url }]) => [name, url])) as unknown as Frame['assets']
  return { urls, all: all.map(([, asset]) => asset) }
}

/** Compressed for whoever takes it, which pages are not: beside a secret, the length of what is compressed can tell it (BREACH). */
export function mountAssets(listener: FastifyInstance, assets: Assets): void {
  for (const asset of assets.all) {
    let compressed: Buffer | undefined
    listener.get(asset.url, (request, reply) => {
      reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding').type(asset.type)
      if (!takesGzip(request.headers['accept-encoding'])) return reply.send(asset.body)
      compressed ??= gzipSync(asset.body, { level: 9 })
      return reply.header('content-encoding', 'gzip').send(compressed)
    })
  }
}

/** RFC 9110 section 12.5.3; a weight of zero refuses, and who names no coding gets none. */
function takesGzip(header: string | string[] | undefined): boolean {
  return /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0{0,3})?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(String(header ?? ''))
}
