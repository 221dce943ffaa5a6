import type { SignUp } from '../catalogue.ts'

/** What is asked of, or told to, somebody whose flow is not the plain one. */
export const signUp: SignUp = {
  'fill_in_profile.title': 'Su di te',
  'fill_in_profile.submit': 'Continua',

  'signup_login.title': 'Accedi o crea un account',
  'signup_login.hint': 'È la prima volta qui? Fatti inviare un codice via email: servirà a creare il tuo account.',

  'anonymous.settings': 'Sei qui senza un account. Solo questo browser riporta a ciò che è tuo: crea un account per conservarlo.',
  'anonymous.promote': 'Ciò che è tuo qui resta tuo.',
  'anonymous.sign_out': 'Non hai un account. Dopo l’uscita nessuno potrà tornare a ciò che è tuo qui.',
}
