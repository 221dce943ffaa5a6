import type { Branding, Scheme } from '../domain/branding/index.ts'
import { brandImagePath, SCHEMES } from '../domain/branding/index.ts'
import { previewFrame, samplePages, staticFiles } from '../endpoints/pages/preview/index.ts'
import type { Wording } from '../languages/index.ts'
import { renderBrandedMail } from '../outbound/mail/render-branded-mail.ts'
import { SAMPLE_MAILS } from '../outbound/mail/sample-mails.ts'

/** Addresses in a preview lead nowhere. */
const NOWHERE = { publicUrl: 'https://example.com', basePath: '/auth', codeLifetimeMinutes: 10 }

/**
 * Every page and mail as files to be opened from a disk, by their path: each scheme in a folder of its own, whatever the
 * reader's system prefers. Needs no server and no database.
 */
export function previewFiles(branding: Branding, wording: Wording): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>()
  const { frame, styleSheet, sprite } = previewFrame(branding, wording)
  const pages = samplePages(frame)
  const mails = Object.values(SAMPLE_MAILS).map((request) => ({ id: request.template, ...renderBrandedMail(request, { branding, wording, ...NOWHERE }) }))
  for (const scheme of SCHEMES) {
    const put = (path: string, content: string | Uint8Array) => files.set(`${scheme}/${path}`, typeof content === 'string' ? inScheme(scheme, content) : content)
    for (const { path, type, body } of staticFiles()) put(path, type.startsWith('text/css') ? body.toString() : body)
    if (frame.assets.branding !== undefined) put(frame.assets.branding, styleSheet)
    for (const image of [branding.logo.light, branding.logo.dark, branding.favicon]) if (image) put(brandImagePath(image).slice(1), image.bytes)
    // A browser takes no symbols out of another file of the disk.
    for (const { id, html } of pages) put(`${id}.html`, html.replace('</body>', `<div hidden>${sprite}</div>\n</body>`))
    for (const mail of mails) {
      put(`mails/${mail.id}.html`, mail.html)
      files.set(`mails/${mail.id}.txt`, `Subject: ${mail.subject}\n\n${mail.text}`)
    }
  }
  files.set('index.html', indexOf(pages.map(({ id }) => `${id}.html`), mails.map(({ id }) => `mails/${id}.html`)))
  return files
}

/** What would follow the reader's system follows the folder. */
function inScheme(scheme: Scheme, text: string): string {
  const always = scheme === 'dark' ? '(min-width: 0)' : '(max-width: 0)'
  return text.replace(/\(prefers-color-scheme: ?dark\)/g, always).replace(/(color-scheme(?::|" content=") ?)light dark/g, `$1${scheme}`)
}

function indexOf(pages: readonly string[], mails: readonly string[]): string {
  const row = (path: string) => `<li>${path.replace('.html', '')}: ${SCHEMES.map((scheme) => `<a href="${scheme}/${path}">${scheme}</a>`).join(' ')}</li>`
  return `<!doctype html>\n<meta charset="utf-8">\n<title>Preview</title>\n<h1>Pages</h1>\n<ul>\n${pages.map(row).join('\n')}\n</ul>\n<h1>Mails</h1>\n<ul>\n${mails.map(row).join('\n')}\n</ul>\n`
}
