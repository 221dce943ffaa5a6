import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Про вас',
  'fill_in_profile.submit': 'Продовжити',

  'signup_login.title': 'Вхід або створення облікового запису',
  'signup_login.hint': 'Вперше тут? Отримайте код на пошту: він створить ваш обліковий запис.',
}
