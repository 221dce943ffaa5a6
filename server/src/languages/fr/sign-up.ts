import type { SignUp } from '../catalogue.ts'

/** What is asked of, or told to, somebody whose flow is not the plain one. */
export const signUp: SignUp = {
  'fill_in_profile.title': 'À propos de vous',
  'fill_in_profile.submit': 'Continuer',

  'signup_login.title': 'Se connecter ou créer un compte',
  'signup_login.hint': 'Nouveau ici ? Demandez un code par e-mail : il créera votre compte.',

  'anonymous.settings': 'Vous êtes ici sans compte. Seul ce navigateur ramène à ce qui vous appartient : créez un compte pour le conserver.',
  'anonymous.promote': 'Ce qui vous appartient ici reste à vous.',
  'anonymous.sign_out': 'Vous n’avez pas de compte. Après la déconnexion, personne ne pourra retrouver ce qui vous appartient ici.',
}
