import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Về bạn',
  'fill_in_profile.submit': 'Tiếp tục',

  'signup_login.title': 'Đăng nhập hoặc tạo tài khoản',
  'signup_login.hint': 'Bạn là người mới? Hãy nhận mã qua email để tạo tài khoản.',
}
