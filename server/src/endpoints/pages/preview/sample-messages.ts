import type { Frame } from '../views/index.ts'
import { renderMessage } from '../views/index.ts'

/** The pages that only say something, each as its handler words it. */
export function sampleMessages(frame: Frame): Readonly<Record<string, string>> {
  const { say } = frame
  const signIn = { href: '#', label: say('done.sign_in') }
  const error = (id: 'error.403' | 'error.404' | 'error.429' | 'error.500' | 'error.503') =>
    renderMessage(frame, { title: say(`${id}.title`), text: say(`${id}.text`), tone: 'error', requestId: '0190a0a0-0000-7000-8000-000000000000' })
  const done = (id: 'done.signed_out' | 'done.account_deleted' | 'done.account_deactivated' | 'link.approved') =>
    renderMessage(frame, { title: say(`${id}.title`), text: say(`${id}.text`), tone: 'success', action: signIn })
  const over = (id: 'flow.expired' | 'flow.signup_closed' | 'flow.too_many_sessions' | 'flow.passkey_required' | 'link.over' | 'consent.over') =>
    renderMessage(frame, { title: say(`${id}.title`), text: say(`${id}.text`), tone: 'error', action: { href: '#', label: say('flow.start_again') } })
  return {
    'signed-out': done('done.signed_out'),
    'account-deleted': done('done.account_deleted'),
    'account-deactivated': done('done.account_deactivated'),
    'link-approved': done('link.approved'),
    'link-over': over('link.over'),
    'consent-over': over('consent.over'),
    expired: over('flow.expired'),
    'signup-closed': over('flow.signup_closed'),
    'too-many-sessions': over('flow.too_many_sessions'),
    'passkey-required': over('flow.passkey_required'),
    'invitation-over': renderMessage(frame, { title: say('flow.invalid_invitation.title'), text: say('failure.invalid_invitation'), tone: 'error', action: signIn }),
    forbidden: error('error.403'),
    'not-found': error('error.404'),
    throttled: error('error.429'),
    fault: error('error.500'),
    unavailable: error('error.503'),
  }
}
