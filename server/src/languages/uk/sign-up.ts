import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Про вас',
  'fill_in_profile.submit': 'Продовжити',

  'signup_login.title': 'Вхід або створення облікового запису',
  'signup_login.hint': 'Вперше тут? Отримайте код на пошту: він створить ваш обліковий запис.',

  'anonymous.settings': 'Ви тут без облікового запису. До того, що належить вам, веде лише цей браузер: створіть обліковий запис, щоб це зберегти.',
  'anonymous.promote': 'Усе, що тут ваше, залишиться вашим.',
  'anonymous.sign_out': 'У вас немає облікового запису. Після виходу ніхто не зможе повернутися до того, що тут ваше.',
}
