import type { SignUp } from '../catalogue.ts'

/** What is asked of, or told to, somebody whose flow is not the plain one. */
export const signUp: SignUp = {
  'fill_in_profile.title': 'Despre dvs.',
  'fill_in_profile.submit': 'Continuați',

  'signup_login.title': 'Conectați-vă sau creați un cont',
  'signup_login.hint': 'Sunteți la prima vizită? Cereți un cod prin e-mail: cu el se creează contul.',

  'anonymous.settings': 'Sunteți aici fără cont. Doar acest browser duce înapoi la ceea ce vă aparține: creați un cont pentru a păstra totul.',
  'anonymous.promote': 'Ceea ce vă aparține aici rămâne al dumneavoastră.',
  'anonymous.sign_out': 'Nu aveți cont. După deconectare, nimeni nu mai poate reveni la ceea ce vă aparține aici.',
}
