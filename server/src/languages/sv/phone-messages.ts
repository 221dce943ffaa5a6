import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} är din kod för att skapa ett konto hos {brand}. Lämna den aldrig vidare.',
  'sms.login_code': '{code} är din kod för att logga in hos {brand}. Lämna den aldrig vidare.',
  'sms.recovery_code': '{code} är din kod för att återställa lösenordet hos {brand}. Lämna den aldrig vidare.',
  'sms.reauthentication_code': '{code} är din kod för att bekräfta att det är du hos {brand}. Lämna den aldrig vidare.',
  'sms.phone_change_code': '{code} är din kod för att använda numret hos {brand}. Lämna den aldrig vidare.',
  'mailbox.channel_sms': 'Sms',
  'mailbox.channel_whatsapp': 'WhatsApp-meddelande',
}
