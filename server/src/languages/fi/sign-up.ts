import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Tietoja sinusta',
  'fill_in_profile.submit': 'Jatka',

  'signup_login.title': 'Kirjaudu tai luo tili',
  'signup_login.hint': 'Eikö sinulla ole tiliä? Pyydä koodi sähköpostiin: se luo tilisi.',
}
