import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Hakkınızda',
  'fill_in_profile.submit': 'Devam',

  'signup_login.title': 'Giriş yapın veya hesap oluşturun',
  'signup_login.hint': 'Burada yeni misiniz? E-postayla kod alın: bu kod hesabınızı oluşturur.',
}
