import type { PhoneMessages } from '../catalogue.ts'

/** What is sent to telephones: short, since every further message costs as much again. */
export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} è il tuo codice per creare il tuo account {brand}. Non comunicarlo a nessuno.',
  'sms.login_code': '{code} è il tuo codice per accedere a {brand}. Non comunicarlo a nessuno.',
  'sms.recovery_code': '{code} è il tuo codice per reimpostare la password di {brand}. Non comunicarlo a nessuno.',
  'sms.reauthentication_code': '{code} è il tuo codice per confermare la tua identità su {brand}. Non comunicarlo a nessuno.',
  'sms.phone_change_code': '{code} è il tuo codice per usare questo numero su {brand}. Non comunicarlo a nessuno.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Messaggio WhatsApp',
}
