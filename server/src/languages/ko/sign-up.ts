import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': '내 정보',
  'fill_in_profile.submit': '계속',

  'signup_login.title': '로그인 또는 계정 만들기',
  'signup_login.hint': '처음이신가요? 이메일로 코드를 받으세요. 그 코드로 계정이 만들어집니다.',
}
