import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'เกี่ยวกับคุณ',
  'fill_in_profile.submit': 'ดำเนินการต่อ',

  'signup_login.title': 'ลงชื่อเข้าใช้หรือสร้างบัญชี',
  'signup_login.hint': 'เพิ่งเคยใช้ที่นี่ใช่ไหม ขอรับรหัสทางอีเมลเพื่อสร้างบัญชีของคุณ',

  'anonymous.settings': 'คุณใช้งานอยู่โดยไม่มีบัญชี มีเพียงเบราว์เซอร์นี้ที่กลับไปยังข้อมูลของคุณได้ โปรดสร้างบัญชีเพื่อเก็บไว้',
  'anonymous.promote': 'ข้อมูลของคุณที่นี่จะยังคงเป็นของคุณ',
  'anonymous.sign_out': 'คุณไม่มีบัญชี เมื่อออกจากระบบแล้วจะไม่มีใครกลับไปยังข้อมูลของคุณที่นี่ได้',
}
