import { refuseFlow, showScreen, startOf } from './flow-page.ts'
import type { Page, PageDeps, Visit } from './visit.ts'

/** The page behind a mailed link. Opening it spends nothing: mail scanners open links, too. */
export async function showInvitation(visit: Visit, deps: PageDeps, secret: string): Promise<Page> {
  const begun = await startOf(visit, deps, 'signup')
  if (begun.kind !== 'screen') return refuseFlow(visit, deps, 'signup', 'signup_closed')
  const answer = await deps.flows.submit(begun.stateToken, visit.binding, [{ input: 'invitation', secret }], visit.client, visit)
  if (answer.kind !== 'screen') return refuseFlow(visit, deps, 'signup', answer.kind === 'refused' ? answer.refusal : 'invalid_state')
  const { failure } = answer.screen
  return failure ? showScreen(visit, deps, { ...begun, screen: { ...begun.screen, failure } }, '') : showScreen(visit, deps, answer, answer.stateToken)
}
