import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:http'

const MAX_REDIRECTS = 20

/** What a browser shows after all redirects. */
export interface ShownPage {
  readonly url: URL
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A person's browser, without scripts: it goes from host to host, follows what it is sent to and keeps each host's cookies. */
export interface Visitor {
  open(url: string): Promise<ShownPage>
  /** Sends the form of the page that has all of these fields, with them filled in. */
  submit(page: ShownPage, fields: Record<string, string>): Promise<ShownPage>
  /** Signs in on Gatepost's own pages, to which the page led; stops in front of the first address that `until` holds for. */
  signIn(page: ShownPage, person: { email: string; password: string }, stop?: { until: (url: URL) => boolean }): Promise<ShownPage>
  /** The header that goes to this address. */
  cookieFor(url: string): string
}

export function createVisitor(): Visitor {
  const jars = new Map<string, Map<string, string>>()

  function keep({ hostname }: URL, headers: IncomingHttpHeaders): void {
    const jar = jars.get(hostname) ?? new Map<string, string>()
    jars.set(hostname, jar)
    for (const set of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      const expires = /;\s*expires=([^;]+)/i.exec(set)?.[1]
      const isGone = /;\s*max-age=0\b/i.test(set) || (expires !== undefined && Date.parse(expires) <= Date.now())
      if (isGone) jar.delete(name)
      else jar.set(name, value)
    }
  }

  const cookieFor = ({ hostname }: URL) => [...(jars.get(hostname) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')

  function send(url: URL, from: URL | undefined, form: URLSearchParams | undefined): Promise<ShownPage> {
    const cookie = cookieFor(url)
    const site = from === undefined ? 'none' : from.origin === url.origin ? 'same-origin' : 'cross-site'
    const body = form?.toString()
    const posted = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)), ...(from && { origin: from.origin }) }
    const headers = { accept: 'text/html', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) TestBrowser/1.0', 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', ...(cookie !== '' && { cookie }), ...posted }
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port: url.port, method: body === undefined ? 'GET' : 'POST', path: `${url.pathname}${url.search}`, headers: { host: url.host, ...headers }, agent: false }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          keep(url, incoming.headers)
          resolve({ url, status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') })
        })
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }

  async function go(url: URL, from?: URL, form?: URLSearchParams, until: (url: URL) => boolean = () => false): Promise<ShownPage> {
    let page = await send(url, from, form)
    for (let redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
      const next = page.headers.location ?? readText(/http-equiv="refresh" content="0;url=([^"]+)"/i.exec(page.body)?.[1])
      if (next === undefined) return page
      const address = new URL(next, page.url)
      if (until(address)) return { ...page, url: address }
      page = await send(address, page.url, undefined)
    }
    throw new Error(`${url.href} leads in a circle`)
  }

  async function submit(page: ShownPage, fields: Record<string, string>, until?: (url: URL) => boolean): Promise<ShownPage> {
    const forms = [...page.body.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', inside = '']) => ({ action: attribute(attributes, 'action'), inputs: fieldsIn(inside) }))
    const form = forms.find(({ inputs }) => Object.keys(fields).every((name) => inputs.has(name)))
    if (form === undefined) throw new Error(`no form with ${Object.keys(fields).join(', ')} at ${page.url.href} (${page.status}):\n${page.body}`)
    for (const [name, value] of Object.entries(fields)) form.inputs.set(name, value)
    return go(new URL(form.action ?? page.url.href, page.url), page.url, new URLSearchParams([...form.inputs]), until)
  }

  return {
    open: (url) => go(new URL(url)),
    submit,
    signIn: (page, { email, password }, stop) => submit(page, { identifier: email, password, intent: 'password' }, stop?.until),
    cookieFor: (url) => cookieFor(new URL(url)),
  }
}

function fieldsIn(html: string): Map<string, string> {
  const tags = [...html.matchAll(/<(?:input|button)\b([^>]*)>/g)].map(([, attributes = '']) => attributes)
  return new Map(tags.flatMap((tag) => [[attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? ''] as const]).filter(([name]) => name !== ''))
}

const attribute = (tag: string, name: string) => readText(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1])

function readText(escaped: string | undefined): string | undefined {
  return escaped?.replace(/&#(\d+);/g, (_entity, code) => String.fromCodePoint(Number(code))).replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
