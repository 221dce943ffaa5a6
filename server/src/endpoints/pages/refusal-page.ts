import type { Look } from './branding/look.ts'
import type { PageDeps } from './visit.ts'
import { frameOf } from './visit.ts'
import { renderMessage } from './views/index.ts'

const KNOWN = [400, 403, 404, 405, 429, 500, 503] as const
type KnownStatus = (typeof KNOWN)[number]

/** The page for an answer that is an error; other statuses borrow the words of their class. `problem`: for whoever can mend it. */
export function renderRefusal(deps: PageDeps, look: Look, requestId: string, status: number, problem?: string): string {
  const known: KnownStatus = KNOWN.find((one) => one === status) ?? (status < 500 ? 400 : 500)
  const frame = frameOf(deps, { csrfToken: '', returnTo: deps.defaultReturnTo, look })
  return renderMessage(frame, {
    title: frame.say(`error.${known}.title`),
    text: frame.say(`error.${known}.text`),
    tone: 'error',
    requestId,
    ...(problem === undefined ? {} : { problem }),
  })
}
