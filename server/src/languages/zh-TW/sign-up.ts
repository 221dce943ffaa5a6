import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': '關於您',
  'fill_in_profile.submit': '繼續',

  'signup_login.title': '登入或建立帳號',
  'signup_login.hint': '還沒有帳號？請以電子郵件接收驗證碼，即可建立帳號。',
}
