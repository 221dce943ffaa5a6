import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'O Tobie',
  'fill_in_profile.submit': 'Dalej',

  'signup_login.title': 'Zaloguj się lub utwórz konto',
  'signup_login.hint': 'Nie masz konta? Poproś o kod e-mailem: za jego pomocą utworzysz konto.',
}
