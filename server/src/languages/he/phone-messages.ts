import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} הוא הקוד ליצירת חשבון ב-{brand}. אל תמסרו אותו לאיש.',
  'sms.login_code': '{code} הוא הקוד לכניסה אל {brand}. אל תמסרו אותו לאיש.',
  'sms.recovery_code': '{code} הוא הקוד לאיפוס הסיסמה ב-{brand}. אל תמסרו אותו לאיש.',
  'sms.reauthentication_code': '{code} הוא הקוד לאישור הזהות ב-{brand}. אל תמסרו אותו לאיש.',
  'sms.phone_change_code': '{code} הוא הקוד לשימוש במספר הזה ב-{brand}. אל תמסרו אותו לאיש.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'הודעת WhatsApp',
}
