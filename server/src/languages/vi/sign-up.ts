import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Về bạn',
  'fill_in_profile.submit': 'Tiếp tục',

  'signup_login.title': 'Đăng nhập hoặc tạo tài khoản',
  'signup_login.hint': 'Bạn là người mới? Hãy nhận mã qua email để tạo tài khoản.',

  'anonymous.settings': 'Bạn đang ở đây mà không có tài khoản. Chỉ trình duyệt này mới quay lại được những gì của bạn: hãy tạo tài khoản để giữ lại.',
  'anonymous.promote': 'Những gì của bạn ở đây vẫn là của bạn.',
  'anonymous.sign_out': 'Bạn không có tài khoản. Sau khi đăng xuất, không ai có thể quay lại những gì của bạn ở đây.',
}
