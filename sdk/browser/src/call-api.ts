import type { Gatepost } from './create-gatepost.ts'
import { GatepostError, readError } from './gatepost-error.ts'

export type ApiCaller = Pick<Gatepost, 'apiUrl' | 'fetch' | 'currentUser'>

/** A password may wait for a hashing lane, and a refresh may come first. */
const CALL_TIMEOUT_MILLISECONDS = 30_000

/**
 * POST of an operation below `/api/v1`, JSON in both directions; undefined when the answer has no body.
 * @throws GatepostError for every answer that is no success, `unreachable` when there is none
 */
export async function callApi<Answer>(gatepost: ApiCaller, path: string, body?: object): Promise<Answer> {
  const response = await post(gatepost, path, body).catch((cause: unknown) => {
    throw new GatepostError('unreachable', 'Gatepost cannot be reached.', { status: 0, cause })
  })
  if (!response.ok) throw await readError(response)
  if (response.status === 204) return undefined as Answer
  return response.json().catch((cause: unknown) => {
    throw new GatepostError('unexpected_answer', `Unexpected answer ${response.status}.`, { status: response.status, cause })
  }) as Promise<Answer>
}

function post(gatepost: ApiCaller, path: string, body: object | undefined): Promise<Response> {
  return gatepost.fetch(`${gatepost.apiUrl}/${path}`, {
    method: 'POST',
    cache: 'no-store',
    signal: AbortSignal.timeout(CALL_TIMEOUT_MILLISECONDS),
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
}
