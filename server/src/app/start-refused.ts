import { OperatorError } from '../platform/operator-error.ts'

/** A reason not to start, told in one line. */
export class StartRefused extends OperatorError {
  override readonly name = 'StartRefused'
}
