import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} is je code om een account aan te maken bij {brand}. Geef hem nooit door.',
  'sms.login_code': '{code} is je code om in te loggen bij {brand}. Geef hem nooit door.',
  'sms.recovery_code': '{code} is je code om je wachtwoord bij {brand} opnieuw in te stellen. Geef hem nooit door.',
  'sms.reauthentication_code': '{code} is je code om te bevestigen dat jij het bent bij {brand}. Geef hem nooit door.',
  'sms.phone_change_code': '{code} is je code om dit nummer te gebruiken bij {brand}. Geef hem nooit door.',
  'mailbox.channel_sms': 'Sms',
  'mailbox.channel_whatsapp': 'WhatsApp-bericht',
}
