import { html } from 'ghtml'
import type { Say, TextId } from '../../../languages/index.ts'

/** Like `say`, but the result is HTML: the sentence is escaped here and `places` hold HTML made by `html`. */
export function fillHtml({ say }: { readonly say: Say }, id: TextId, places: Readonly<Record<string, string>>): string {
  return html`${say(id)}`.replace(/\{(\w+)\}/g, (place, name: string) => places[name] ?? place)
}
