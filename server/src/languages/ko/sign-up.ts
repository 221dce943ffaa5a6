import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': '내 정보',
  'fill_in_profile.submit': '계속',

  'signup_login.title': '로그인 또는 계정 만들기',
  'signup_login.hint': '처음이신가요? 이메일로 코드를 받으세요. 그 코드로 계정이 만들어집니다.',

  'anonymous.settings': '계정 없이 이용 중입니다. 이용하던 내용에는 이 브라우저로만 돌아올 수 있습니다. 계속 보관하려면 계정을 만드세요.',
  'anonymous.promote': '지금까지의 내용은 그대로 유지됩니다.',
  'anonymous.sign_out': '계정이 없습니다. 로그아웃하면 지금까지의 내용으로 아무도 돌아올 수 없습니다.',
}
