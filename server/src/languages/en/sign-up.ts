/** What is asked of somebody who makes an account, beside how they will be recognised. */
export const signUp = {
  'fill_in_profile.title': 'About you',
  'fill_in_profile.submit': 'Continue',
} as const
