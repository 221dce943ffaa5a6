/**
 * A fault that is nobody's mistake and passes: a database that is away, hashing lanes that are full. It is thrown, rolls
 * back what was under way, and every door answers it with 503 and Retry-After.
 */
export class Unavailable extends Error {
  override readonly name: string = 'Unavailable'
  readonly retryAfterSeconds: number

  constructor(message: string, options: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.retryAfterSeconds = options.retryAfterSeconds ?? 5
  }
}
