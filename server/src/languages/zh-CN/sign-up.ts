import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': '关于您',
  'fill_in_profile.submit': '继续',

  'signup_login.title': '登录或创建账号',
  'signup_login.hint': '还没有账号？请通过邮件接收验证码，即可创建账号。',

  'anonymous.settings': '您尚未创建账号。只有通过此浏览器才能回到您的内容：创建账号即可保留。',
  'anonymous.promote': '您在此处的内容仍归您所有。',
  'anonymous.sign_out': '您没有账号。退出登录后，任何人都无法再回到您在此处的内容。',
}
