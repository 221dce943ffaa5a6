import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'เกี่ยวกับคุณ',
  'fill_in_profile.submit': 'ดำเนินการต่อ',

  'signup_login.title': 'ลงชื่อเข้าใช้หรือสร้างบัญชี',
  'signup_login.hint': 'เพิ่งเคยใช้ที่นี่ใช่ไหม ขอรับรหัสทางอีเมลเพื่อสร้างบัญชีของคุณ',
}
