import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} adalah kode untuk membuat akun {brand} Anda. Jangan berikan kepada siapa pun.',
  'sms.login_code': '{code} adalah kode untuk masuk ke {brand}. Jangan berikan kepada siapa pun.',
  'sms.recovery_code': '{code} adalah kode untuk mengatur ulang kata sandi {brand} Anda. Jangan berikan kepada siapa pun.',
  'sms.reauthentication_code': '{code} adalah kode untuk mengonfirmasi bahwa ini Anda di {brand}. Jangan berikan kepada siapa pun.',
  'sms.phone_change_code': '{code} adalah kode untuk menggunakan nomor ini di {brand}. Jangan berikan kepada siapa pun.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Pesan WhatsApp',
}
