import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Xin chào,',
  'mail.sent_by': 'Thư này do {brand} gửi vì có hoạt động liên quan đến địa chỉ email này. Thư trả lời sẽ không được đọc.',
  'mail.when': 'Thời gian',
  'mail.device': 'Thiết bị',
  'mail.ip_address': 'Địa chỉ IP',
  'mail.new_address': 'Địa chỉ mới',
  'mail.unknown_device': 'thiết bị không nhận dạng được',
  'mail.unknown_address': 'không xác định',

  'mail.code_lifetime': 'Mã chỉ dùng được một lần, trong vòng {time}.',
  'mail.code_secrecy': 'Đừng chia sẻ mã với bất kỳ ai. Chúng tôi không bao giờ hỏi mã qua điện thoại, trò chuyện hay email.',
  'mail.contact_support': 'Liên hệ bộ phận hỗ trợ',
  'mail.ask_for_help': 'Nếu không phải bạn, hãy báo ngay cho đơn vị vận hành {brand}.',
  'mail.reset_password': 'Đặt lại mật khẩu',
  'mail.review_sessions': 'Xem lại các phiên',
  'mail.review_settings': 'Mở phần cài đặt',
  'mail.sign_in': 'Đăng nhập',

  'mail.signup_code.subject': 'Mã để tạo tài khoản {brand} của bạn',
  'mail.signup_code.heading': 'Xác nhận địa chỉ email',
  'mail.signup_code.lead': 'Chào mừng bạn! Để hoàn tất việc tạo tài khoản {brand}, hãy nhập mã này trên trang bạn đã đăng ký.',
  'mail.signup_code.ignore': 'Nếu bạn không đăng ký, hãy bỏ qua thư này. Không có mã, sẽ không có tài khoản nào được xác nhận bằng địa chỉ của bạn.',

  'mail.login_code.subject': 'Mã để đăng nhập vào {brand}',
  'mail.login_code.heading': 'Mã đăng nhập của bạn',
  'mail.login_code.lead': 'Để đăng nhập vào {brand}, hãy nhập mã này trên trang bạn đã yêu cầu mã.',
  'mail.login_code.ignore': 'Nếu bạn không đăng nhập, hãy bỏ qua thư này. Không ai vào được nếu không có mã.',

  'mail.recovery_code.subject': 'Mã để đặt lại mật khẩu {brand} của bạn',
  'mail.recovery_code.heading': 'Đặt lại mật khẩu',
  'mail.recovery_code.lead': 'Để đặt mật khẩu mới cho tài khoản {brand}, hãy nhập mã này trên trang bạn đã yêu cầu mã.',
  'mail.recovery_code.ignore': 'Nếu bạn không yêu cầu, hãy bỏ qua thư này. Mật khẩu của bạn vẫn giữ nguyên.',

  'mail.reauthentication_code.subject': 'Mã để xác nhận đó là bạn tại {brand}',
  'mail.reauthentication_code.heading': 'Xác nhận đó là bạn',
  'mail.reauthentication_code.lead': 'Bạn sắp thay đổi nội dung quan trọng trong tài khoản {brand}. Hãy nhập mã này để tiếp tục.',
  'mail.reauthentication_code.ignore':
    'Nếu bạn không bắt đầu thao tác này, có thể người khác đang dùng tài khoản của bạn. Đừng đưa mã cho ai và hãy đổi mật khẩu.',

  'mail.second_factor_code.subject': 'Mã cho bước thứ hai tại {brand}',
  'mail.second_factor_code.heading': 'Thêm một bước nữa',
  'mail.second_factor_code.lead': 'Mật khẩu của bạn đúng. Để tiếp tục tại {brand}, hãy nhập mã này trên trang yêu cầu mã.',
  'mail.second_factor_code.ignore': 'Nếu bạn không vừa nhập mật khẩu, người khác đã biết mật khẩu đó. Đừng đưa mã cho ai và hãy đổi mật khẩu.',

  'mail.email_change_code.subject': 'Mã để dùng địa chỉ này tại {brand}',
  'mail.email_change_code.heading': 'Xác nhận địa chỉ email mới',
  'mail.email_change_code.lead': 'Để dùng địa chỉ này cho tài khoản {brand}, hãy nhập mã này trên trang bạn đã yêu cầu thay đổi.',
  'mail.email_change_code.ignore': 'Nếu bạn không yêu cầu, hãy bỏ qua thư này. Không có mã, địa chỉ của bạn sẽ không được thêm vào tài khoản nào.',

  'mail.signup_existing_account.subject': 'Bạn đã có tài khoản {brand}',
  'mail.signup_existing_account.heading': 'Bạn đã có tài khoản',
  'mail.signup_existing_account.lead':
    'Có người, rất có thể là bạn, đã thử tạo tài khoản {brand} bằng địa chỉ email này. Địa chỉ này đã có tài khoản.',
  'mail.signup_existing_account.next': 'Bạn có thể đăng nhập bằng tài khoản đó. Nếu quên mật khẩu, hãy đặt mật khẩu mới.',
  'mail.signup_existing_account.ignore':
    'Nếu không phải bạn, hãy bỏ qua thư này. Tài khoản của bạn không thay đổi và trang không cho biết rằng tài khoản tồn tại.',

  'mail.email_changed.subject': 'Địa chỉ email {brand} của bạn đã thay đổi',
  'mail.email_changed.heading': 'Địa chỉ email của bạn đã thay đổi',
  'mail.email_changed.lead': 'Địa chỉ email của tài khoản {brand} đã thay đổi. Không thể đăng nhập bằng địa chỉ cũ nữa.',
  'mail.email_changed.next': 'Nếu bạn đã thực hiện thay đổi này, bạn không cần làm gì.',

  'mail.password_changed.subject': 'Mật khẩu {brand} của bạn đã thay đổi',
  'mail.password_changed.heading': 'Mật khẩu của bạn đã thay đổi',
  'mail.password_changed.lead': 'Mật khẩu của tài khoản {brand} đã được thay đổi.',
  'mail.password_changed.next': 'Nếu bạn đã thực hiện thay đổi này, bạn không cần làm gì. Nếu không, hãy đặt lại mật khẩu ngay để chặn người kia.',

  'mail.totp_added.subject': 'Đã thêm ứng dụng xác thực vào tài khoản {brand} của bạn',
  'mail.totp_added.heading': 'Đã thêm ứng dụng xác thực',
  'mail.totp_added.lead': 'Từ nay, khi đăng nhập vào {brand} cũng cần mã của ứng dụng này.',
  'mail.totp_removed.subject': 'Đã xóa ứng dụng xác thực khỏi tài khoản {brand} của bạn',
  'mail.totp_removed.heading': 'Đã xóa ứng dụng xác thực',
  'mail.totp_removed.lead': 'Khi đăng nhập vào {brand}, mã của ứng dụng này không còn được chấp nhận.',
  'mail.recovery_codes_made.subject': 'Mã khôi phục mới cho tài khoản {brand} của bạn',
  'mail.recovery_codes_made.heading': 'Đã tạo mã khôi phục mới',
  'mail.recovery_codes_made.lead': 'Không thể dùng các mã khôi phục trước đây của tài khoản {brand} nữa.',
  'mail.recovery_code_used.subject': 'Một mã khôi phục của tài khoản {brand} đã được dùng',
  'mail.recovery_code_used.heading': 'Một mã khôi phục đã được dùng',
  'mail.recovery_code_used.lead': 'Có người đã đăng nhập vào {brand} bằng một mã khôi phục của bạn. Không thể dùng lại mã này.',
  'mail.second_factor_changed.next':
    'Nếu đó là bạn, bạn không cần làm gì. Nếu không, người khác đang đăng nhập: hãy đặt lại mật khẩu ngay và xem lại phần cài đặt.',

  'mail.passkey_created.subject': 'Đã thêm khóa truy cập vào tài khoản {brand} của bạn',
  'mail.passkey_created.heading': 'Đã thêm khóa truy cập',
  'mail.passkey_created.lead': 'Giờ đây có thể đăng nhập vào tài khoản {brand} của bạn bằng một khóa truy cập mới.',
  'mail.passkey_created.next': 'Nếu bạn đã thêm khóa này, bạn không cần làm gì. Nếu không, hãy xóa khóa trong phần cài đặt và đặt lại mật khẩu ngay.',
  'mail.passkey_removed.subject': 'Đã xóa khóa truy cập khỏi tài khoản {brand} của bạn',
  'mail.passkey_removed.heading': 'Đã xóa khóa truy cập',
  'mail.passkey_removed.lead':
    'Một khóa truy cập của tài khoản {brand} đã bị xóa. Không thể đăng nhập bằng khóa này nữa và các thiết bị khác của bạn đã được đăng xuất.',
  'mail.passkey_removed.next': 'Nếu bạn đã xóa khóa này, bạn không cần làm gì. Nếu không, hãy đặt lại mật khẩu ngay để chặn người kia.',

  'mail.new_sign_in.subject': 'Lượt đăng nhập mới vào tài khoản {brand} của bạn',
  'mail.new_sign_in.heading': 'Lượt đăng nhập mới vào tài khoản',
  'mail.new_sign_in.lead': 'Tài khoản {brand} của bạn đã được đăng nhập từ một thiết bị chúng tôi chưa từng thấy.',
  'mail.new_sign_in.next': 'Nếu đó là bạn, bạn không cần làm gì. Nếu không, hãy đặt lại mật khẩu và kết thúc các phiên bạn không nhận ra.',

  'mail.refresh_token_reuse.subject': 'Chúng tôi đã kết thúc một phiên của tài khoản {brand}',
  'mail.refresh_token_reuse.heading': 'Chúng tôi đã kết thúc một phiên để bảo vệ bạn',
  'mail.refresh_token_reuse.lead':
    'Khóa giúp bạn duy trì đăng nhập vào {brand} đã được dùng lần thứ hai. Có thể khóa đã bị sao chép, vì vậy chúng tôi đã kết thúc phiên đó.',
  'mail.refresh_token_reuse.next': 'Hãy đăng nhập lại để tiếp tục. Nếu bạn không nhận ra thiết bị bên dưới, hãy đặt lại cả mật khẩu.',

  'mail.account_deleted.subject': 'Tài khoản {brand} của bạn đã bị xóa',
  'mail.account_deleted.heading': 'Tài khoản của bạn đã bị xóa',
  'mail.account_deleted.lead': 'Tài khoản {brand} của bạn đã bị xóa và mọi phiên đã kết thúc.',
  'mail.account_deleted.next': 'Nếu bạn đã yêu cầu, bạn không cần làm gì. Cảm ơn bạn đã đồng hành cùng chúng tôi.',
}
