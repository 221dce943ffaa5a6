import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'معلومات عنك',
  'fill_in_profile.submit': 'متابعة',

  'signup_login.title': 'تسجيل الدخول أو إنشاء حساب',
  'signup_login.hint': 'ليس لديك حساب؟ اطلب رمزًا إلى بريدك، وسيُنشأ به حسابك.',

  'anonymous.settings': 'أنت هنا بلا حساب. لا يعود إلى ما يخصك إلا هذا المتصفح: أنشئ حسابًا للاحتفاظ به.',
  'anonymous.promote': 'ما يخصك هنا يبقى لك.',
  'anonymous.sign_out': 'ليس لديك حساب. بعد تسجيل الخروج لن يتمكن أحد من العودة إلى ما يخصك هنا.',
}
