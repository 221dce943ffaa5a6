import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Om deg',
  'fill_in_profile.submit': 'Fortsett',

  'signup_login.title': 'Logg inn eller opprett en konto',
  'signup_login.hint': 'Ny her? Få en kode på e-post: Den oppretter kontoen din.',

  'anonymous.settings': 'Du er her uten konto. Bare denne nettleseren fører tilbake til det som er ditt: Opprett en konto for å beholde det.',
  'anonymous.promote': 'Det som er ditt her, forblir ditt.',
  'anonymous.sign_out': 'Du har ingen konto. Når du har logget ut, kan ingen komme tilbake til det som er ditt her.',
}
