import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} je kód k vytvoření účtu {brand}. Nikomu ho nesdělujte.',
  'sms.login_code': '{code} je kód k přihlášení do {brand}. Nikomu ho nesdělujte.',
  'sms.recovery_code': '{code} je kód k obnovení hesla {brand}. Nikomu ho nesdělujte.',
  'sms.reauthentication_code': '{code} je kód k ověření totožnosti v {brand}. Nikomu ho nesdělujte.',
  'sms.phone_change_code': '{code} je kód k použití tohoto čísla v {brand}. Nikomu ho nesdělujte.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Zpráva WhatsApp',
}
