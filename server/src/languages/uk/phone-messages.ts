import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} — код для реєстрації в {brand}. Нікому не кажіть.',
  'sms.login_code': '{code} — код для входу в {brand}. Нікому не кажіть.',
  'sms.recovery_code': '{code} — код для скидання пароля {brand}. Нікому не кажіть.',
  'sms.reauthentication_code': '{code} — код для підтвердження особи в {brand}. Нікому не кажіть.',
  'sms.phone_change_code': '{code} — код для цього номера в {brand}. Нікому не кажіть.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Повідомлення WhatsApp',
}
