import type { SignUp } from '../catalogue.ts'

/** What is asked of, or told to, somebody whose flow is not the plain one. */
export const signUp: SignUp = {
  'fill_in_profile.title': 'Über Sie',
  'fill_in_profile.submit': 'Weiter',

  'signup_login.title': 'Anmelden oder Konto erstellen',
  'signup_login.hint': 'Neu hier? Lassen Sie sich einen Code per E-Mail senden: Damit wird Ihr Konto erstellt.',
}
