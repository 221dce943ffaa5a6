import type { PhoneMessages } from '../catalogue.ts'

/** What is sent to telephones: without diacritics, since one of them more than halves what fits into a message. */
export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} este codul pentru crearea contului {brand}. A nu se divulga.',
  'sms.login_code': '{code} este codul de conectare la {brand}. A nu se divulga.',
  'sms.recovery_code': '{code} este codul pentru resetarea parolei {brand}. A nu se divulga.',
  'sms.reauthentication_code': '{code} este codul personal de confirmare la {brand}. A nu se divulga.',
  'sms.phone_change_code': '{code} este codul pentru a folosi acest telefon la {brand}. A nu se divulga.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Mesaj WhatsApp',
}
