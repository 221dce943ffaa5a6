import type { PhoneMessages } from '../catalogue.ts'

/** What is sent to telephones: short, since every further message costs as much again. */
export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} ist Ihr Code zum Erstellen Ihres Kontos bei {brand}. Geben Sie ihn nie weiter.',
  'sms.login_code': '{code} ist Ihr Code zur Anmeldung bei {brand}. Geben Sie ihn nie weiter.',
  'sms.recovery_code': '{code} ist Ihr Code zum Zurücksetzen Ihres Passworts bei {brand}. Geben Sie ihn nie weiter.',
  'sms.reauthentication_code': '{code} ist Ihr Code zur Bestätigung bei {brand}, dass Sie es sind. Geben Sie ihn nie weiter.',
  'sms.phone_change_code': '{code} ist Ihr Code, um diese Nummer bei {brand} zu verwenden. Geben Sie ihn nie weiter.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'WhatsApp-Nachricht',
}
