import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} هو رمز إنشاء حسابك في {brand}. لا تعطه لأحد.',
  'sms.login_code': '{code} هو رمز تسجيل الدخول إلى {brand}. لا تعطه لأحد.',
  'sms.recovery_code': '{code} هو رمز إعادة تعيين كلمة مرورك في {brand}. لا تعطه لأحد.',
  'sms.reauthentication_code': '{code} هو رمز تأكيد هويتك في {brand}. لا تعطه لأحد.',
  'sms.phone_change_code': '{code} هو رمز استخدام هذا الرقم في {brand}. لا تعطه لأحد.',
  'mailbox.channel_sms': 'رسالة نصية',
  'mailbox.channel_whatsapp': 'رسالة واتساب',
}
