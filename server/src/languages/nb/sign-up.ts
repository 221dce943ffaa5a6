import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Om deg',
  'fill_in_profile.submit': 'Fortsett',

  'signup_login.title': 'Logg inn eller opprett en konto',
  'signup_login.hint': 'Ny her? Få en kode på e-post: Den oppretter kontoen din.',
}
