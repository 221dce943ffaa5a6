/** What is asked of somebody who makes an account, beside how they will be recognised. */
export const signUp = {
  'fill_in_profile.title': 'About you',
  'fill_in_profile.submit': 'Continue',

  'signup_login.title': 'Sign in or create an account',
  'signup_login.hint': 'New here? Have a code emailed to you: it creates your account.',

  'anonymous.settings': 'You are here without an account. Only this browser leads back to what is yours: create an account to keep it.',
  'anonymous.promote': 'What is yours here stays yours.',
  'anonymous.sign_out': 'You have no account. Once you sign out, nobody can come back to what is yours here.',
} as const
