import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} は {brand} のアカウント作成用コードです。誰にも教えないでください。',
  'sms.login_code': '{code} は {brand} のログインコードです。誰にも教えないでください。',
  'sms.recovery_code': '{code} は {brand} のパスワード再設定用コードです。誰にも教えないでください。',
  'sms.reauthentication_code': '{code} は {brand} のご本人確認用コードです。誰にも教えないでください。',
  'sms.phone_change_code': '{code} はこの番号を {brand} で使うためのコードです。誰にも教えないでください。',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'WhatsApp メッセージ',
}
