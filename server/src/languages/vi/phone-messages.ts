import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} là mã để tạo tài khoản {brand}. Đừng chia sẻ mã.',
  'sms.login_code': '{code} là mã để đăng nhập vào {brand}. Đừng chia sẻ mã.',
  'sms.recovery_code': '{code} là mã để đặt lại mật khẩu {brand}. Đừng chia sẻ mã.',
  'sms.reauthentication_code': '{code} là mã để xác nhận đó là bạn tại {brand}. Đừng chia sẻ mã.',
  'sms.phone_change_code': '{code} là mã để dùng số này tại {brand}. Đừng chia sẻ mã.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'Tin nhắn WhatsApp',
}
