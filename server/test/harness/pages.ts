import type { LightMyRequestResponse } from 'fastify'
import type { Browser } from './browser.ts'

/** The state that the form of a page carries. */
export function stateIn(page: LightMyRequestResponse): string {
  return /name="state" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
}

/** Where an answer leads: the address of the redirect, or of the page that stands in for one (views/onward.ts). */
export function locationOf(answer: LightMyRequestResponse): string {
  const onward = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(answer.body)?.[1] ?? ''
  return String(answer.headers.location ?? onward.replace(/&#(\d+);/g, (_entity, code) => String.fromCodePoint(Number(code))).replaceAll('&amp;', '&'))
}

/** Follows the redirect of an answer; the state of the form that is shown then. */
export async function followToForm(browser: Browser, answer: LightMyRequestResponse): Promise<string> {
  const page = await browser.get(locationOf(answer))
  if (page.statusCode !== 200) throw new Error(`the page after the redirect was answered ${page.statusCode}`)
  return stateIn(page)
}

/** Status and what a reader sees of an answer, without what differs between any two requests. */
export function appearanceOf(answer: LightMyRequestResponse) {
  const headers = Object.fromEntries(
    Object.entries(answer.headers)
      .filter(([name]) => name !== 'date')
      .map(([name, value]) => [name, flatten(String(value))]),
  )
  return { status: answer.statusCode, headers, body: flatten(answer.body) }
}

/** Random and typed parts by their kind and length: what is equal for two accounts then is equal to a stranger's eye. */
function flatten(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uuid>')
    .replace(/s1\.[0-9a-f]{8}\.[A-Za-z0-9_-]+/g, (token) => `<sealed ${token.length}>`)
    .replace(/"request_id":"[^"]+"/g, '"request_id":"<id>"')
    .replace(/name="csrf_token" value="[^"]+"/g, 'name="csrf_token" value="<csrf>"')
    .replace(/gatepost_csrf=[^;]+/g, (token) => `gatepost_csrf=<${token.length}>`)
}
