/** What is asked of somebody who makes an account, beside how they will be recognised. */
export const signUp = {
  'fill_in_profile.title': 'About you',
  'fill_in_profile.submit': 'Continue',

  'signup_login.title': 'Sign in or create an account',
  'signup_login.hint': 'New here? Have a code emailed to you: it creates your account.',
} as const
