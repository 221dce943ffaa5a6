import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Om dig',
  'fill_in_profile.submit': 'Fortsätt',

  'signup_login.title': 'Logga in eller skapa konto',
  'signup_login.hint': 'Ny här? Låt oss mejla dig en kod: med den skapas ditt konto.',
}
