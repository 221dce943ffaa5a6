import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} 是您创建 {brand} 账号的验证码，请勿告诉他人。',
  'sms.login_code': '{code} 是您登录 {brand} 的验证码，请勿告诉他人。',
  'sms.recovery_code': '{code} 是您重置 {brand} 密码的验证码，请勿告诉他人。',
  'sms.reauthentication_code': '{code} 是您在 {brand} 确认本人身份的验证码，请勿告诉他人。',
  'sms.phone_change_code': '{code} 是您在 {brand} 使用此号码的验证码，请勿告诉他人。',
  'mailbox.channel_sms': '短信',
  'mailbox.channel_whatsapp': 'WhatsApp 消息',
}
