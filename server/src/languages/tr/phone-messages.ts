import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code}: {brand} hesabınızı oluşturma kodunuz. Kimseyle paylaşmayın.',
  'sms.login_code': '{code}: {brand} giriş kodunuz. Kimseyle paylaşmayın.',
  'sms.recovery_code': '{code}: {brand} şifrenizi sıfırlama kodunuz. Kimseyle paylaşmayın.',
  'sms.reauthentication_code': '{code}: {brand} kimlik doğrulama kodunuz. Kimseyle paylaşmayın.',
  'sms.phone_change_code': '{code}: {brand} için numara onay kodunuz. Kimseyle paylaşmayın.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'WhatsApp mesajı',
}
