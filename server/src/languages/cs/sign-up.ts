import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'O vás',
  'fill_in_profile.submit': 'Pokračovat',

  'signup_login.title': 'Přihlášení nebo vytvoření účtu',
  'signup_login.hint': 'Jste tu poprvé? Nechte si poslat kód e-mailem: vytvoříte s ním účet.',

  'anonymous.settings': 'Jste tu bez účtu. K tomu, co je vaše, vede zpět jen tento prohlížeč: vytvořte si účet, abyste o to nepřišli.',
  'anonymous.promote': 'Co je tu vaše, zůstane vaše.',
  'anonymous.sign_out': 'Nemáte účet. Po odhlášení se k tomu, co je tu vaše, už nikdo nedostane.',
}
