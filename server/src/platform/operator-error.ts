/** What only the operator can mend: told in one line that says how, never as a stack trace. */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError'
}
