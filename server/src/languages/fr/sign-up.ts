import type { SignUp } from '../catalogue.ts'

/** What is asked of, or told to, somebody whose flow is not the plain one. */
export const signUp: SignUp = {
  'fill_in_profile.title': 'À propos de vous',
  'fill_in_profile.submit': 'Continuer',

  'signup_login.title': 'Se connecter ou créer un compte',
  'signup_login.hint': 'Nouveau ici ? Demandez un code par e-mail : il créera votre compte.',
}
