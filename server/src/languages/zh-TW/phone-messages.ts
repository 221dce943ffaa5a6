import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} 是您建立 {brand} 帳號的驗證碼，請勿告訴他人。',
  'sms.login_code': '{code} 是您登入 {brand} 的驗證碼，請勿告訴他人。',
  'sms.recovery_code': '{code} 是您重設 {brand} 密碼的驗證碼，請勿告訴他人。',
  'sms.reauthentication_code': '{code} 是您在 {brand} 確認本人身分的驗證碼，請勿告訴他人。',
  'sms.phone_change_code': '{code} 是您在 {brand} 使用此號碼的驗證碼，請勿告訴他人。',
  'mailbox.channel_sms': '簡訊',
  'mailbox.channel_whatsapp': 'WhatsApp 訊息',
}
