import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'O vás',
  'fill_in_profile.submit': 'Pokračovat',

  'signup_login.title': 'Přihlášení nebo vytvoření účtu',
  'signup_login.hint': 'Jste tu poprvé? Nechte si poslat kód e-mailem: vytvoříte s ním účet.',
}
