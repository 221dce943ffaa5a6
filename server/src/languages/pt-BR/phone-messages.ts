import type { PhoneMessages } from '../catalogue.ts'

/** What is sent to telephones: short, since every further message costs as much again. */
export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} é seu código para criar a conta {brand}. Não o compartilhe.',
  'sms.login_code': '{code} é seu código para entrar em {brand}. Não o compartilhe.',
  'sms.recovery_code': '{code} é seu código para redefinir a senha de {brand}. Não o compartilhe.',
  'sms.reauthentication_code': '{code} é seu código para confirmar que é você em {brand}. Não o compartilhe.',
  'sms.phone_change_code': '{code} é seu código para usar este número em {brand}. Não o compartilhe.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Mensagem do WhatsApp',
}
