import { parseDocument } from 'yaml'
import type { BrandImage } from '../../domain/branding/index.ts'
import { sha256 } from '../../platform/digest.ts'
import { bytesOfDataUri, IMAGE_MAX_BYTES, parseImage } from '../../protocols/image/index.ts'

/** The files that lie beside a declared one, by the path it names them with. */
export type SettingsFiles = ReadonlyMap<string, Uint8Array>

const PLACES = ['logo.light', 'logo.dark', 'favicon'] as const
const MAX_PATH_LENGTH = 255
const DIGEST_LENGTH = 16
type Place = (typeof PLACES)[number]

export interface DeclaredImages {
  readonly images: ReadonlyMap<Place, BrandImage>
  readonly problems: readonly string[]
}

/** The paths a text names; none where it cannot be read, which is told elsewhere. */
export function listSettingsFiles(text: string): string[] {
  return [...new Set(declaredIn(text).flatMap(([, value]) => (isPath(value) ? [value] : [])))]
}

/** Reads the pictures that a text names, out of itself or the files beside it. */
export function readDeclaredImages(text: string, files: SettingsFiles): DeclaredImages {
  const images = new Map<Place, BrandImage>()
  const problems: string[] = []
  for (const [place, value] of declaredIn(text)) {
    const bytes = isPath(value) ? files.get(value) : bytesOfDataUri(value)
    const parsed = bytes && parseImage(Buffer.from(bytes))
    if (parsed?.ok) images.set(place, { ...parsed.value, digest: sha256(parsed.value.bytes).slice(0, DIGEST_LENGTH) })
    else problems.push(...(parsed?.failure ?? [whyUnread(value)]).map((reason) => `branding.${place}: ${reason}`))
  }
  return { images, problems }
}

/** A picture in a line of differences: what it is, not what it is called, since a file may change under its name. */
export function describeImage({ extension, bytes, digest }: BrandImage): string {
  return `${extension} of ${bytes.length} bytes, ${digest}`
}

function whyUnread(value: string): string {
  if (!isPath(value)) return 'must be data:image/png;base64,… or data:image/svg+xml;base64,…, or a path'
  return isBeside(value) ? `cannot read ${value} (up to ${IMAGE_MAX_BYTES / 1_024} KiB)` : `${value} is not beside the settings file`
}

/** Files of the folder of the declared file, and of those in it; nothing else of the machine ends up on a public page. */
export function isBeside(path: string): boolean {
  return path.length <= MAX_PATH_LENGTH && !/^([\\/]|[A-Za-z]:)|\\/.test(path) && !path.split('/').includes('..')
}

function isPath(value: string): boolean {
  return !/^data:/i.test(value)
}

function declaredIn(text: string): [Place, string][] {
  let value: unknown
  try {
    value = parseDocument(text, { schema: 'core' }).toJS({ maxAliasCount: 0 })
  } catch {
    return []
  }
  const branding = inside(value, 'branding')
  return PLACES.flatMap((place): [Place, string][] => {
    const found = place.split('.').reduce(inside, branding)
    return typeof found === 'string' ? [[place, found]] : []
  })
}

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
}
