import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { extname } from 'node:path'
import type { Settings } from './settings.ts'

export interface PublicFile {
  readonly type: string
  readonly text: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const PUBLIC = new URL('../public/', import.meta.url)
const SDK = new URL('./', import.meta.resolve('@gatepost/browser'))

/** Everything that is served, by path: a list made at the start, so that no request ever names a file. */
export function loadPublicFiles(settings: Settings): { files: ReadonlyMap<string, PublicFile>; importMapHash: string } {
  const files = new Map<string, PublicFile>()
  for (const name of readdirSync(PUBLIC)) {
    const type = TYPES[extname(name)]
    if (type !== undefined) files.set(`/${name}`, { type, text: readFileSync(new URL(name, PUBLIC), 'utf8') })
  }
  const index = fillIn(files.get('/index.html')?.text ?? '', settings)
  files.set('/', { type: 'text/html; charset=utf-8', text: index })
  files.delete('/index.html')
  for (const [name, text] of readSdk()) files.set(`/sdk/${name}`, { type: 'text/javascript; charset=utf-8', text })

  const importMap = /<script type="importmap">(.*?)<\/script>/s.exec(index)?.[1] ?? ''
  return { files, importMapHash: `sha256-${createHash('sha256').update(importMap).digest('base64')}` }
}

/** The page learns from its own markup where Gatepost is. */
function fillIn(html: string, { basePath, cookiePrefix }: Settings): string {
  return html.replaceAll('{{basePath}}', escapeAttribute(basePath)).replaceAll('{{cookiePrefix}}', escapeAttribute(cookiePrefix))
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

/** Modules of @gatepost/browser. In this repository they are TypeScript: the types go away here, which takes no build. */
function readSdk(): [string, string][] {
  return readdirSync(SDK)
    .filter((name) => /\.[jt]s$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => {
      const source = readFileSync(new URL(name, SDK), 'utf8')
      if (name.endsWith('.js')) return [name, source]
      return [name.replace(/\.ts$/, '.js'), stripTypeScriptTypes(source).replace(/(from '\.\/[^']+)\.ts'/g, "$1.js'")]
    })
}
