import { html } from 'ghtml'
import { TEXTS, type TextId } from './texts.ts'

/** The sentence `id` with its `{name}` places filled in: plain text, still to be escaped where it lands in HTML. */
export function fillText(id: TextId, places: Readonly<Record<string, string | number>> = {}): string {
  return TEXTS[id].replace(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place))
}

/** Like `fillText`, but the result is HTML: the sentence is escaped here and `places` hold HTML made by `html`. */
export function fillHtml(id: TextId, places: Readonly<Record<string, string>>): string {
  return html`${TEXTS[id]}`.replace(/\{(\w+)\}/g, (place, name: string) => places[name] ?? place)
}
