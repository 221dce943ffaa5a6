import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Không thể dùng địa chỉ này ở đây. Hãy dùng địa chỉ mà dịch vụ này chấp nhận hoặc hỏi đơn vị vận hành.',
  'failure.invalid_invitation': 'Lời mời này đã được dùng, bị thu hồi hoặc quá cũ. Hãy xin lời mời khác từ người đã mời bạn.',
  'failure.invited_has_account': 'Bạn đã có tài khoản. Hãy đăng nhập bằng tài khoản đó.',
  'flow.invalid_invitation.title': 'Lời mời này đã hết hiệu lực',
  'flow.too_many_sessions.title': 'Quá nhiều thiết bị',
  'flow.too_many_sessions.text': 'Bạn đang đăng nhập trên số thiết bị tối đa được phép. Hãy đăng xuất trên một thiết bị rồi đăng nhập ở đây.',
  'invitation.explanation': 'Chỉ người được mời mới tạo được tài khoản mới. Hãy mở liên kết trong thư mời.',
  'terminate_sessions.title': 'Đăng xuất ở nơi khác?',
  'terminate_sessions.explanation': 'Bạn đang đăng nhập trên số thiết bị tối đa được phép. Để đăng nhập ở đây, các thiết bị sau sẽ bị đăng xuất:',
  'terminate_sessions.more': 'Thiết bị khác: {count}',
  'terminate_sessions.facts': '{ip}, dùng lần cuối: {lastUsed}',
  'terminate_sessions.submit': 'Đăng xuất và tiếp tục',
  'mail.invitation.subject': 'Bạn được mời tham gia {brand}',
  'mail.invitation.heading': 'Bạn được mời',
  'mail.invitation.lead': 'Đơn vị vận hành {brand} mời bạn tạo tài khoản cho địa chỉ này.',
  'mail.invitation.link': 'Chấp nhận lời mời',
  'mail.invitation.until': 'Có hiệu lực đến',
  'mail.invitation.ignore': 'Liên kết này chỉ dành cho bạn: đừng chuyển cho người khác. Nếu bạn không muốn có tài khoản, hãy bỏ qua thư này.',
  'mail.account_locked.subject': 'Quá nhiều lần thử sai với tài khoản {brand} của bạn',
  'mail.account_locked.heading': 'Có người đã thử quá nhiều lần',
  'mail.account_locked.password': 'Mật khẩu sai đã được nhập quá nhiều lần cho tài khoản {brand} của bạn nên mật khẩu tạm thời không được chấp nhận.',
  'mail.account_locked.second_factor':
    'Có người đã qua bước đầu của việc đăng nhập vào tài khoản {brand} và nhập sai mã quá nhiều lần nên tạm thời không mã nào được chấp nhận.',
  'mail.account_locked.one_time_code':
    'Mã sai đã được nhập quá nhiều lần cho tài khoản {brand} của bạn nên các mã gửi cho bạn tạm thời không được chấp nhận.',
  'mail.account_locked.next_one_time_code':
    'Các thiết bị bạn từng đăng nhập không bị ảnh hưởng. Ở nơi khác, hãy đăng nhập bằng cách khác hoặc chờ. Nếu không phải bạn thì cũng không ai vào được.',
  'mail.account_locked.until': 'Đến',
  'mail.account_locked.next_password':
    'Các thiết bị bạn từng đăng nhập không bị ảnh hưởng. Ở nơi khác, bạn có thể đăng nhập bằng cách khác, chẳng hạn bằng mã được gửi cho bạn, hoặc đặt lại mật khẩu. Nếu không phải bạn thì cũng không ai vào được.',
  'mail.account_locked.next_second_factor':
    'Các thiết bị bạn từng đăng nhập không bị ảnh hưởng. Nếu không phải bạn, có người biết mật khẩu hoặc đọc được thư của bạn: hãy đặt lại mật khẩu ngay.',
}
