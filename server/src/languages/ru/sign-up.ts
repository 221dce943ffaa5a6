import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'О вас',
  'fill_in_profile.submit': 'Продолжить',

  'signup_login.title': 'Вход или создание аккаунта',
  'signup_login.hint': 'Впервые здесь? Получите код по почте: он создаст ваш аккаунт.',
}
