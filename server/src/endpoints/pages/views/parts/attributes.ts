import { html } from 'ghtml'

/** HTML attributes, escaped and quoted, with a leading blank: `true` writes the bare name, `false` and undefined nothing. */
export function attributes(pairs: Readonly<Record<string, string | number | boolean | undefined>>): string {
  return Object.entries(pairs)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : html` ${name}="${String(value)}"`))
    .join('')
}
