import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'あなたについて',
  'fill_in_profile.submit': '続ける',

  'signup_login.title': 'ログインまたはアカウントを作成',
  'signup_login.hint': '初めての方は、コードをメールで受け取ってください。そのコードでアカウントが作成されます。',

  'anonymous.settings': 'アカウントなしでご利用中です。内容に戻れるのはこのブラウザーだけです。残すにはアカウントを作成してください。',
  'anonymous.promote': 'これまでの内容はそのまま引き継がれます。',
  'anonymous.sign_out': 'アカウントがありません。ログアウトすると、これまでの内容には誰も戻れなくなります。',
}
