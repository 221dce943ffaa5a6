import type { SignUp } from '../catalogue.ts'

/** What is asked of, or told to, somebody whose flow is not the plain one. */
export const signUp: SignUp = {
  'fill_in_profile.title': 'Über Sie',
  'fill_in_profile.submit': 'Weiter',

  'signup_login.title': 'Anmelden oder Konto erstellen',
  'signup_login.hint': 'Neu hier? Lassen Sie sich einen Code per E-Mail senden: Damit wird Ihr Konto erstellt.',

  'anonymous.settings': 'Sie sind ohne Konto hier. Nur dieser Browser führt zu dem zurück, was Ihnen gehört: Erstellen Sie ein Konto, um es zu behalten.',
  'anonymous.promote': 'Was Ihnen hier gehört, bleibt Ihnen erhalten.',
  'anonymous.sign_out': 'Sie haben kein Konto. Nach dem Abmelden führt kein Weg zu dem zurück, was Ihnen hier gehört.',
}
