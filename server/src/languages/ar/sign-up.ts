import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'معلومات عنك',
  'fill_in_profile.submit': 'متابعة',

  'signup_login.title': 'تسجيل الدخول أو إنشاء حساب',
  'signup_login.hint': 'ليس لديك حساب؟ اطلب رمزًا إلى بريدك، وسيُنشأ به حسابك.',
}
