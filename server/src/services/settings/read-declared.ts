import type { Branding } from '../../domain/branding/index.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { brandingOf } from './branding-of.ts'
import type { SettingsFiles } from './declared-images.ts'
import { describeImage, listSettingsFiles, readDeclaredImages } from './declared-images.ts'
import type { SettingsDocument } from './document.ts'
import type { SettingsProblems } from './settings-text.ts'
import { parseSettings } from './settings-text.ts'

export { isBeside, listSettingsFiles } from './declared-images.ts'
export { parseDeclaredText } from './declared-text.ts'

export interface Declared {
  readonly document: SettingsDocument
  /** What a stored text says and this release does not follow, with why. */
  readonly notInForce: readonly string[]
  readonly branding: Branding
  /** Of the files given, those that the text names. */
  readonly files: SettingsFiles
  /** The document with its pictures described, for a readable difference. */
  readonly comparable: unknown
}

/** A declared text with the files beside it, whole, or every problem in both. `isStored`: as it lies in the database. */
export function readDeclared(text: string, files: SettingsFiles = new Map(), { isStored = false } = {}): Result<Declared, SettingsProblems> {
  const parsed = parseSettings(text, { isStored })
  const { images, problems } = readDeclaredImages(text, files)
  if (!parsed.ok || problems.length > 0) return fail([...(parsed.ok ? [] : parsed.failure), ...problems])
  const { document, notInForce } = parsed.value
  const named = listSettingsFiles(text).flatMap((path) => (files.has(path) ? [[path, files.get(path)!] as const] : []))
  const shown = (place: 'logo.light' | 'logo.dark' | 'favicon', value: string | null) => {
    const image = images.get(place)
    return image ? describeImage(image) : value
  }
  const { logo, favicon } = document.branding
  const pictures = { logo: { light: shown('logo.light', logo.light), dark: shown('logo.dark', logo.dark) }, favicon: shown('favicon', favicon) }
  return succeed({
    document,
    notInForce,
    branding: brandingOf(document.branding, images),
    files: new Map(named),
    comparable: { ...document, branding: { ...document.branding, ...pictures } },
  })
}
