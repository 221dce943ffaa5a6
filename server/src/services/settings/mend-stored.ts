import { checkCustomCss } from '../../protocols/custom-css/index.ts'

type Group = Readonly<Record<string, unknown>>

/**
 * What an earlier release took and this one refuses, read as the safer of what it could mean: an update must neither stop
 * the server nor leave a door open. Whoever applies the same text again is told.
 */
export function mendStored(value: unknown): unknown {
  if (!isGroup(value)) return value
  const { signup, branding } = value
  return {
    ...value,
    ...(isGroup(signup) && signup['mode'] === 'allow_list' && signup['verification'] === 'off' ? { signup: { ...signup, verification: 'required' } } : {}),
    ...(isGroup(branding) && typeof branding['custom_css'] === 'string' && !checkCustomCss(branding['custom_css']).ok ? { branding: { ...branding, custom_css: '' } } : {}),
  }
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
