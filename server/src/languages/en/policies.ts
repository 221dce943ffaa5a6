/** Who may sign up, how many devices one may use, and what too many wrong proofs lead to. */
export const policies = {
  'failure.address_not_allowed': 'This address cannot be used here. Use the one that the service was set up for, or ask whoever runs it.',
  'failure.invalid_invitation': 'This invitation was used, taken back or is too old. Ask whoever invited you for another.',
  'failure.invited_has_account': 'You have an account already. Sign in with it.',
  'flow.invalid_invitation.title': 'This invitation has ended',
  'flow.too_many_sessions.title': 'Too many devices',
  'flow.too_many_sessions.text': 'You are signed in on as many devices as you may be. Sign out on one of them, then sign in here.',
  'invitation.explanation': 'New accounts are by invitation. Open the link in the mail that invited you.',
  'terminate_sessions.title': 'Sign out elsewhere?',
  'terminate_sessions.explanation': 'You are signed in on as many devices as you may be. To sign in here, these will be signed out:',
  'terminate_sessions.more': 'Other devices: {count}',
  'terminate_sessions.facts': '{ip}, last used {lastUsed}',
  'terminate_sessions.submit': 'Sign them out and go on',
  'mail.invitation.subject': 'You are invited to {brand}',
  'mail.invitation.heading': 'You are invited',
  'mail.invitation.lead': 'Whoever runs {brand} invites you to make an account for this address.',
  'mail.invitation.link': 'Accept the invitation',
  'mail.invitation.until': 'Valid until',
  'mail.invitation.ignore': 'The link is yours alone: do not pass it on. If you do not want an account, ignore this message.',
  'mail.account_locked.subject': 'Too many wrong tries at your {brand} account',
  'mail.account_locked.heading': 'Somebody tried too often',
  'mail.account_locked.password': 'So many wrong passwords were given for your {brand} account that its password is not accepted for a while.',
  'mail.account_locked.second_factor': 'Somebody who passed the first step of signing in to your {brand} account gave so many wrong codes that none is accepted for a while.',
  'mail.account_locked.one_time_code': 'So many wrong codes were given for your {brand} account that codes sent to you are not accepted for a while.',
  'mail.account_locked.next_one_time_code':
    'Devices that you signed in on before are not affected. Anywhere else, sign in in another way or wait. If it was not you, no one got in.',
  'mail.account_locked.until': 'Until',
  'mail.account_locked.next_password':
    'Devices that you signed in on before are not affected. Anywhere else you can sign in in another way, such as by a code sent to you, or reset your password. If it was not you, no one got in.',
  'mail.account_locked.next_second_factor':
    'Devices that you signed in on before are not affected. If it was not you, somebody knows your password or reads your mail: reset your password now.',
} as const
