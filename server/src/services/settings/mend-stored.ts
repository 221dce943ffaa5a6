import { checkCustomCss } from '../../protocols/custom-css/index.ts'
import type { SettingsDocument } from './document.ts'

type Group = Readonly<Record<string, unknown>>
type FlowProblem = { readonly path: (string | number)[]; readonly message: string }

/** Flows that make accounts: without one of them nobody gets in by it. */
const SIGNUP_TYPES: readonly string[] = ['signup', 'promote']

/**
 * What an earlier release took and this one refuses, read as the safer of what it could mean: an update must neither stop
 * the server nor leave a door open. `notInForce` says so, and whoever applies the same text again is told.
 */
export function mendStored(value: unknown): { value: unknown; notInForce: string[] } {
  if (!isGroup(value)) return { value, notInForce: [] }
  const notInForce: string[] = []
  const { signup, branding } = value
  const mended: Record<string, unknown> = { ...value }
  if (isGroup(signup) && signup['mode'] === 'allow_list' && (signup['verification'] === 'off' || signup['verification'] === 'optional')) {
    mended['signup'] = { ...signup, verification: 'required' }
    notInForce.push(`signup.verification: ${signup['verification']} is not in force, required is: with \`mode: allow_list\` anybody could name a listed address that they do not prove`)
  }
  if (isGroup(branding) && typeof branding['custom_css'] === 'string' && !checkCustomCss(branding['custom_css']).ok) {
    mended['branding'] = { ...branding, custom_css: '' }
    notInForce.push('branding.custom_css: is not in force: this release does not take all that is in it')
  }
  return { value: mended, notInForce }
}

/** Of a stored text, leaves out the flows of signing up that are refused by now: they answer as if they were not declared. */
export function leaveOutFlows(document: SettingsDocument, problems: readonly FlowProblem[]): { document: SettingsDocument; notInForce: string[]; problems: FlowProblem[] } {
  const isOfSignup = ({ path: [, index] }: FlowProblem) => SIGNUP_TYPES.includes(document.flows[Number(index)]?.type ?? '')
  const refused = problems.filter(isOfSignup)
  const leftOut = new Set(refused.map(({ path: [, index] }) => Number(index)))
  return {
    document: leftOut.size === 0 ? document : { ...document, flows: document.flows.filter((_, index) => !leftOut.has(index)) },
    notInForce: refused.map(({ path, message }) => `${path.join('.')}: the ${document.flows[Number(path[1])]?.type} flow ${document.flows[Number(path[1])]?.name} is not in force: ${message}`),
    problems: problems.filter((one) => !isOfSignup(one)),
  }
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
