import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Over jou',
  'fill_in_profile.submit': 'Doorgaan',

  'signup_login.title': 'Inloggen of account aanmaken',
  'signup_login.hint': 'Nieuw hier? Laat je een code e-mailen: daarmee wordt je account aangemaakt.',
}
