import type { PhoneMessages } from '../catalogue.ts'

/** What is sent to telephones: short, since every further message costs as much again. */
export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} es su código para crear su cuenta de {brand}. No lo comparta con nadie.',
  'sms.login_code': '{code} es su código para iniciar sesión en {brand}. No lo comparta con nadie.',
  'sms.recovery_code': '{code} es su código para restablecer su contraseña de {brand}. No lo comparta con nadie.',
  'sms.reauthentication_code': '{code} es su código para confirmar su identidad en {brand}. No lo comparta con nadie.',
  'sms.phone_change_code': '{code} es su código para usar este número en {brand}. No lo comparta con nadie.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Mensaje de WhatsApp',
}
