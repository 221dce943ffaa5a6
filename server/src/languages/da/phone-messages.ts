import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} er din kode til at oprette en konto hos {brand}. Giv den aldrig videre.',
  'sms.login_code': '{code} er din kode til at logge ind hos {brand}. Giv den aldrig videre.',
  'sms.recovery_code': '{code} er din kode til at nulstille adgangskoden hos {brand}. Giv den aldrig videre.',
  'sms.reauthentication_code': '{code} er din kode til at bekræfte, at det er dig, hos {brand}. Giv den aldrig videre.',
  'sms.phone_change_code': '{code} er din kode til at bruge dette nummer hos {brand}. Giv den aldrig videre.',
  'mailbox.channel_sms': 'Sms',
  'mailbox.channel_whatsapp': 'WhatsApp-besked',
}
