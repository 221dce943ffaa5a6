import type { PhoneMessages } from '../catalogue.ts'

/** What is sent to telephones: short, since every further message costs as much again. */
export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} est votre code pour créer votre compte {brand}. Ne le donnez à personne.',
  'sms.login_code': '{code} est votre code pour vous connecter à {brand}. Ne le donnez à personne.',
  'sms.recovery_code': '{code} est votre code pour réinitialiser votre mot de passe {brand}. Ne le donnez à personne.',
  'sms.reauthentication_code': '{code} est votre code pour confirmer votre identité auprès de {brand}. Ne le donnez à personne.',
  'sms.phone_change_code': '{code} est votre code pour utiliser ce numéro avec {brand}. Ne le donnez à personne.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Message WhatsApp',
}
