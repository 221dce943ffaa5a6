import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Tentang Anda',
  'fill_in_profile.submit': 'Lanjutkan',

  'signup_login.title': 'Masuk atau buat akun',
  'signup_login.hint': 'Baru di sini? Minta kode lewat email: kode itu membuat akun Anda.',

  'anonymous.settings': 'Anda di sini tanpa akun. Hanya browser ini yang dapat kembali ke milik Anda: buat akun untuk menyimpannya.',
  'anonymous.promote': 'Yang menjadi milik Anda di sini tetap milik Anda.',
  'anonymous.sign_out': 'Anda tidak punya akun. Setelah keluar, tidak ada yang dapat kembali ke milik Anda di sini.',
}
