import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'О вас',
  'fill_in_profile.submit': 'Продолжить',

  'signup_login.title': 'Вход или создание аккаунта',
  'signup_login.hint': 'Впервые здесь? Получите код по почте: он создаст ваш аккаунт.',

  'anonymous.settings': 'Вы здесь без аккаунта. К тому, что принадлежит вам, ведёт только этот браузер: создайте аккаунт, чтобы это сохранить.',
  'anonymous.promote': 'Всё, что здесь ваше, останется вашим.',
  'anonymous.sign_out': 'У вас нет аккаунта. После выхода никто не сможет вернуться к тому, что здесь ваше.',
}
