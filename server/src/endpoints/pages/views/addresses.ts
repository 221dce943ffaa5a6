import type { FlowType } from '../../../flow/state.ts'
import type { Frame } from './frame.ts'

/** Where a flow begins, with the way home kept; `reauth` belongs to the settings, from where it is asked. */
export function startAddress(frame: Frame, flow: FlowType): string {
  switch (flow) {
    case 'login':
    case 'signup_login':
      return withReturnTo(frame, '/login')
    case 'signup':
      return withReturnTo(frame, '/signup')
    case 'promote':
      return withReturnTo(frame, '/promote')
    case 'account_recovery':
      return withReturnTo(frame, '/reset_password')
    case 'reauth':
      return `${frame.basePath}/settings`
  }
}

/** The application's own start page, or none when this server has a host to itself. */
export function applicationAddress(frame: Frame): string | undefined {
  return frame.basePath === '' ? undefined : '/'
}

function withReturnTo(frame: Frame, path: string): string {
  const query = frame.returnTo === '/' ? '' : `?return_to=${encodeURIComponent(frame.returnTo)}`
  return `${frame.basePath}${path}${query}`
}
