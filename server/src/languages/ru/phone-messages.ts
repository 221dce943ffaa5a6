import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} — код для создания аккаунта {brand}. Никому не сообщайте.',
  'sms.login_code': '{code} — код для входа в {brand}. Никому не сообщайте.',
  'sms.recovery_code': '{code} — код для сброса пароля {brand}. Никому не сообщайте.',
  'sms.reauthentication_code': '{code} — код подтверждения личности в {brand}. Никому не сообщайте.',
  'sms.phone_change_code': '{code} — код для этого номера в {brand}. Никому не сообщайте.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Сообщение WhatsApp',
}
