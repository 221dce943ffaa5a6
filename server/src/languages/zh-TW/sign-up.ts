import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': '關於您',
  'fill_in_profile.submit': '繼續',

  'signup_login.title': '登入或建立帳號',
  'signup_login.hint': '還沒有帳號？請以電子郵件接收驗證碼，即可建立帳號。',

  'anonymous.settings': '您尚未建立帳號。只有透過此瀏覽器才能回到您的內容：建立帳號即可保留。',
  'anonymous.promote': '您在此處的內容仍歸您所有。',
  'anonymous.sign_out': '您沒有帳號。登出後，任何人都無法再回到您在此處的內容。',
}
