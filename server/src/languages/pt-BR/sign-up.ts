import type { SignUp } from '../catalogue.ts'

/** What is asked of, or told to, somebody whose flow is not the plain one. */
export const signUp: SignUp = {
  'fill_in_profile.title': 'Sobre você',
  'fill_in_profile.submit': 'Continuar',

  'signup_login.title': 'Entrar ou criar uma conta',
  'signup_login.hint': 'É novo por aqui? Peça um código por e-mail: com ele, sua conta é criada.',
}
