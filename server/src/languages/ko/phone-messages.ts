import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{brand} 계정 만들기 코드: {code}. 다른 사람에게 알려 주지 마세요.',
  'sms.login_code': '{brand} 로그인 코드: {code}. 다른 사람에게 알려 주지 마세요.',
  'sms.recovery_code': '{brand} 비밀번호 재설정 코드: {code}. 다른 사람에게 알려 주지 마세요.',
  'sms.reauthentication_code': '{brand} 본인 확인 코드: {code}. 다른 사람에게 알려 주지 마세요.',
  'sms.phone_change_code': '{brand}에서 이 번호를 사용하기 위한 코드: {code}. 다른 사람에게 알려 주지 마세요.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'WhatsApp 메시지',
}
