import type { SignUp } from '../catalogue.ts'

/** What is asked of, or told to, somebody whose flow is not the plain one. */
export const signUp: SignUp = {
  'fill_in_profile.title': 'Sobre você',
  'fill_in_profile.submit': 'Continuar',

  'signup_login.title': 'Entrar ou criar uma conta',
  'signup_login.hint': 'É novo por aqui? Peça um código por e-mail: com ele, sua conta é criada.',

  'anonymous.settings': 'Você está aqui sem conta. Só este navegador leva de volta ao que é seu: crie uma conta para guardá-lo.',
  'anonymous.promote': 'O que é seu aqui continua seu.',
  'anonymous.sign_out': 'Você não tem conta. Depois de sair, ninguém poderá voltar ao que é seu aqui.',
}
