import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Om dig',
  'fill_in_profile.submit': 'Fortsæt',

  'signup_login.title': 'Log ind, eller opret en konto',
  'signup_login.hint': 'Ny her? Få en kode på mail: Den opretter din konto.',
}
