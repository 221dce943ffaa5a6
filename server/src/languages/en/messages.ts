/** Mails: subjects, headings and sentences. None tells more than what the reader of the address may know. */
export const messages = {
  'mail.greeting': 'Hello,',
  'mail.sent_by': 'Sent by {brand} because of something that happened with this email address. Nobody reads replies to it.',
  'mail.when': 'When',
  'mail.device': 'Device',
  'mail.ip_address': 'IP address',
  'mail.new_address': 'New address',
  'mail.unknown_device': 'an unrecognised device',
  'mail.unknown_address': 'unknown',

  'mail.code_lifetime': 'It works once, for {time}.',
  'mail.code_secrecy': 'Keep the code to yourself. We never ask for it by phone, chat or mail.',
  'mail.contact_support': 'Contact support',
  'mail.ask_for_help': 'If it was not you, tell the people who run {brand} right away.',
  'mail.reset_password': 'Reset your password',
  'mail.review_sessions': 'Review your sessions',
  'mail.review_settings': 'Open your settings',
  'mail.sign_in': 'Sign in',

  'mail.signup_code.subject': 'Your code to create your {brand} account',
  'mail.signup_code.heading': 'Confirm your email address',
  'mail.signup_code.lead': 'Welcome! To finish creating your {brand} account, enter this code on the page where you signed up.',
  'mail.signup_code.ignore': 'If you did not sign up, ignore this mail. Without the code, no account is confirmed with your address.',

  'mail.login_code.subject': 'Your code to sign in to {brand}',
  'mail.login_code.heading': 'Your sign-in code',
  'mail.login_code.lead': 'To sign in to {brand}, enter this code on the page where you asked for it.',
  'mail.login_code.ignore': 'If you are not signing in, ignore this mail. Nobody gets in without the code.',

  'mail.recovery_code.subject': 'Your code to reset your {brand} password',
  'mail.recovery_code.heading': 'Reset your password',
  'mail.recovery_code.lead': 'To choose a new password for your {brand} account, enter this code on the page where you asked for it.',
  'mail.recovery_code.ignore': 'If you did not ask for this, ignore this mail. Your password stays as it is.',

  'mail.reauthentication_code.subject': 'Your code to confirm it is you at {brand}',
  'mail.reauthentication_code.heading': 'Confirm it is you',
  'mail.reauthentication_code.lead': 'You are about to change something important in your {brand} account. Enter this code to go on.',
  'mail.reauthentication_code.ignore':
    'If you did not start this, somebody else may be using your account. Do not pass the code on; change your password.',

  'mail.second_factor_code.subject': 'Your code for the second step at {brand}',
  'mail.second_factor_code.heading': 'One more step',
  'mail.second_factor_code.lead': 'Your password was right. To go on at {brand}, enter this code on the page where you were asked for it.',
  'mail.second_factor_code.ignore':
    'If you did not just enter your password, somebody else knows it. Do not pass the code on; change your password.',

  'mail.email_change_code.subject': 'Your code to use this address at {brand}',
  'mail.email_change_code.heading': 'Confirm your new email address',
  'mail.email_change_code.lead': 'To use this address for your {brand} account, enter this code on the page where you asked for the change.',
  'mail.email_change_code.ignore': 'If you did not ask for this, ignore this mail. Without the code, your address is not added to any account.',

  'mail.signup_existing_account.subject': 'You already have a {brand} account',
  'mail.signup_existing_account.heading': 'You already have an account',
  'mail.signup_existing_account.lead':
    'Somebody, most likely you, tried to create a {brand} account with this email address. It has one already.',
  'mail.signup_existing_account.next': 'You can sign in with it. If you forgot the password, choose a new one.',
  'mail.signup_existing_account.ignore':
    'If it was not you, ignore this mail. Your account is unchanged, and the page did not say that it exists.',

  'mail.email_changed.subject': 'Your {brand} email address was changed',
  'mail.email_changed.heading': 'Your email address was changed',
  'mail.email_changed.lead': 'The email address of your {brand} account was changed. The old one no longer signs in.',
  'mail.email_changed.next': 'If you made this change, there is nothing to do.',

  'mail.password_changed.subject': 'Your {brand} password was changed',
  'mail.password_changed.heading': 'Your password was changed',
  'mail.password_changed.lead': 'The password of your {brand} account was changed.',
  'mail.password_changed.next':
    'If you made this change, there is nothing to do. If not, reset your password now to lock the other person out.',

  'mail.totp_added.subject': 'An authenticator app was added to your {brand} account',
  'mail.totp_added.heading': 'An authenticator app was added',
  'mail.totp_added.lead': 'From now on, signing in to {brand} also asks for a code of this app.',
  'mail.totp_removed.subject': 'An authenticator app was removed from your {brand} account',
  'mail.totp_removed.heading': 'An authenticator app was removed',
  'mail.totp_removed.lead': 'Signing in to {brand} no longer takes codes of this app.',
  'mail.recovery_codes_made.subject': 'New recovery codes for your {brand} account',
  'mail.recovery_codes_made.heading': 'New recovery codes were made',
  'mail.recovery_codes_made.lead': 'The earlier recovery codes of your {brand} account can no longer be used.',
  'mail.recovery_code_used.subject': 'A recovery code of your {brand} account was used',
  'mail.recovery_code_used.heading': 'A recovery code was used',
  'mail.recovery_code_used.lead': 'Somebody signed in to {brand} with one of your recovery codes. It cannot be used again.',
  'mail.second_factor_changed.next':
    'If it was you, there is nothing to do. If not, somebody else is signed in: reset your password now and look at your settings.',

  'mail.passkey_created.subject': 'A passkey was added to your {brand} account',
  'mail.passkey_created.heading': 'A passkey was added',
  'mail.passkey_created.lead': 'A new passkey now signs in to your {brand} account.',
  'mail.passkey_created.next': 'If you added it, there is nothing to do. If not, remove it in your settings and reset your password now.',
  'mail.passkey_removed.subject': 'A passkey was removed from your {brand} account',
  'mail.passkey_removed.heading': 'A passkey was removed',
  'mail.passkey_removed.lead':
    'A passkey of your {brand} account was removed. It no longer signs in, and your other devices were signed out.',
  'mail.passkey_removed.next': 'If you removed it, there is nothing to do. If not, reset your password now to lock the other person out.',

  'mail.new_sign_in.subject': 'New sign-in to your {brand} account',
  'mail.new_sign_in.heading': 'New sign-in to your account',
  'mail.new_sign_in.lead': 'Your {brand} account was signed in to from a device we have not seen before.',
  'mail.new_sign_in.next': 'If it was you, there is nothing to do. If not, reset your password and end the sessions you do not know.',

  'mail.refresh_token_reuse.subject': 'We ended a session of your {brand} account',
  'mail.refresh_token_reuse.heading': 'We ended a session to protect you',
  'mail.refresh_token_reuse.lead':
    'A key that keeps you signed in to {brand} was used a second time. That can mean that it was copied, so we ended that session.',
  'mail.refresh_token_reuse.next': 'Sign in again to go on. If you do not know the device below, reset your password too.',

  'mail.account_deleted.subject': 'Your {brand} account was deleted',
  'mail.account_deleted.heading': 'Your account was deleted',
  'mail.account_deleted.lead': 'Your {brand} account was deleted, and every session of it has ended.',
  'mail.account_deleted.next': 'If you asked for this, there is nothing to do. Thank you for having been with us.',
} as const
