import { refuseFlow, showScreen, startOf } from './flow-page.ts'
import type { Page, PageDeps, Visit } from './visit.ts'

/** The page behind a mailed link. Opening it spends nothing: mail scanners open links, too. */
export async function showInvitation(visit: Visit, deps: PageDeps, secret: string, flow: 'signup' | 'promote'): Promise<Page> {
  const begun = await startOf(visit, deps, flow)
  if (begun.kind !== 'screen') return refuseFlow(visit, deps, flow, 'signup_closed')
  const answer = await deps.flows.submit(begun.stateToken, visit.binding, [{ input: 'invitation', secret }], visit.requester, visit)
  if (answer.kind !== 'screen') return refuseFlow(visit, deps, flow, answer.kind === 'refused' ? answer.refusal : 'invalid_state')
  const { failure } = answer.screen
  return failure ? showScreen(visit, deps, { ...begun, screen: { ...begun.screen, failure } }, '') : showScreen(visit, deps, answer, answer.stateToken)
}
