import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': '关于您',
  'fill_in_profile.submit': '继续',

  'signup_login.title': '登录或创建账号',
  'signup_login.hint': '还没有账号？请通过邮件接收验证码，即可创建账号。',
}
