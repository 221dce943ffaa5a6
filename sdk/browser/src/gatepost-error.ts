import type { ErrorAnswer } from './contract-types.ts'

/** What an error says beside its code: which proof is asked for next, which sessions would end ... */
export type ErrorDetails = NonNullable<ErrorAnswer['error']['details']>

export interface FieldProblem {
  readonly field: string
  readonly code: string
  readonly message: string
}

interface ErrorFacts {
  readonly status: number
  readonly requestId?: string | undefined
  readonly details?: ErrorDetails | undefined
  readonly retryAfterSeconds?: number | undefined
  readonly cause?: unknown
}

/** An answer of Gatepost that is no success, or none at all. */
export class GatepostError extends Error {
  override readonly name = 'GatepostError'
  /** One of the server's error codes, `unreachable` when nothing answered, `unexpected_answer` when something else did, `passkey_cancelled` or `passkey_unsupported` by the device. */
  readonly code: string
  /** HTTP status; 0 when nothing answered. */
  readonly status: number
  /** What the server's log has the failure under. */
  readonly requestId: string | undefined
  /** As the contract has them, names as on the wire. */
  readonly details: ErrorDetails
  readonly fields: readonly FieldProblem[]
  readonly retryAfterSeconds: number | undefined

  constructor(code: string, message: string, facts: ErrorFacts) {
    super(message, { cause: facts.cause })
    this.code = code
    this.status = facts.status
    this.requestId = facts.requestId
    this.details = facts.details ?? {}
    this.fields = this.details.fields ?? []
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}

interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly request_id?: string; readonly details?: ErrorDetails }
}

/** Reads the error that a response carries, consuming its body; proxies in between may answer something that is none of ours. */
export async function readError(response: Response): Promise<GatepostError> {
  const body = (await response.json().catch(() => undefined)) as Partial<ErrorBody> | null | undefined
  const error = body?.error
  const { status } = response
  const retryAfter = response.headers.get('retry-after') ?? ''
  const retryAfterSeconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined
  if (typeof error?.code !== 'string') return new GatepostError('unexpected_answer', `Unexpected answer ${status}.`, { status, retryAfterSeconds })
  return new GatepostError(error.code, error.message, { status, requestId: error.request_id, details: error.details, retryAfterSeconds })
}
