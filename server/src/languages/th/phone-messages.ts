import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} คือรหัสสร้างบัญชี {brand} ของคุณ อย่าบอกผู้อื่น',
  'sms.login_code': '{code} คือรหัสลงชื่อเข้าใช้ {brand} อย่าบอกผู้อื่น',
  'sms.recovery_code': '{code} คือรหัสรีเซ็ตรหัสผ่าน {brand} อย่าบอกผู้อื่น',
  'sms.reauthentication_code': '{code} คือรหัสยืนยันว่าเป็นคุณที่ {brand} อย่าบอกผู้อื่น',
  'sms.phone_change_code': '{code} คือรหัสใช้หมายเลขนี้ที่ {brand} อย่าบอกผู้อื่น',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'ข้อความ WhatsApp',
}
