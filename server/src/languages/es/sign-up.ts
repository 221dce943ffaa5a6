import type { SignUp } from '../catalogue.ts'

/** What is asked of, or told to, somebody whose flow is not the plain one. */
export const signUp: SignUp = {
  'fill_in_profile.title': 'Sobre usted',
  'fill_in_profile.submit': 'Continuar',

  'signup_login.title': 'Iniciar sesión o crear una cuenta',
  'signup_login.hint': '¿Es su primera vez aquí? Pida un código por correo: con él se crea su cuenta.',

  'anonymous.settings': 'Está aquí sin cuenta. Solo este navegador lleva de vuelta a lo que es suyo: cree una cuenta para conservarlo.',
  'anonymous.promote': 'Lo que es suyo aquí seguirá siendo suyo.',
  'anonymous.sign_out': 'No tiene cuenta. Cuando cierre la sesión, nadie podrá volver a lo que es suyo aquí.',
}
