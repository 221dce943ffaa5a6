import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} er koden din for å opprette en konto hos {brand}. Gi den aldri videre.',
  'sms.login_code': '{code} er koden din for å logge inn hos {brand}. Gi den aldri videre.',
  'sms.recovery_code': '{code} er koden din for å tilbakestille passordet hos {brand}. Gi den aldri videre.',
  'sms.reauthentication_code': '{code} er koden din for å bekrefte at det er deg hos {brand}. Gi den aldri videre.',
  'sms.phone_change_code': '{code} er koden din for å bruke dette nummeret hos {brand}. Gi den aldri videre.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'WhatsApp-melding',
}
