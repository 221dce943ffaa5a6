import { awaitedCode } from '../../flow/index.ts'
import type { FlowState } from '../../flow/index.ts'

/** Whose code it is where a first proof was right before it was asked for, or somebody is signed in. */
export function provenAccountOf(state: FlowState): string | undefined {
  const { purpose } = awaitedCode(state)
  const isProven = purpose === 'second_factor' || (purpose === 'reauth' && state.sessionId !== null)
  const userId = state.identified?.userId ?? null
  return isProven && userId !== null ? `${state.tenantId}:${userId}` : undefined
}
