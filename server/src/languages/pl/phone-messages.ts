import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} to kod do utworzenia konta {brand}. Nie podawaj go nikomu.',
  'sms.login_code': '{code} to kod do logowania w {brand}. Nie podawaj go nikomu.',
  'sms.recovery_code': '{code} to kod do zmiany hasła {brand}. Nie podawaj go nikomu.',
  'sms.reauthentication_code': '{code} to kod weryfikacji w {brand}. Nie podawaj go nikomu.',
  'sms.phone_change_code': '{code} to kod do użycia tego numeru w {brand}. Nie podawaj go nikomu.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Wiadomość WhatsApp',
}
