import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Tentang Anda',
  'fill_in_profile.submit': 'Lanjutkan',

  'signup_login.title': 'Masuk atau buat akun',
  'signup_login.hint': 'Baru di sini? Minta kode lewat email: kode itu membuat akun Anda.',
}
