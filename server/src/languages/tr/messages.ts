import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Merhaba,',
  'mail.sent_by': 'Bu e-posta adresiyle ilgili bir işlem nedeniyle {brand} tarafından gönderildi. Bu mesaja verilen yanıtlar okunmaz.',
  'mail.when': 'Zaman',
  'mail.device': 'Cihaz',
  'mail.ip_address': 'IP adresi',
  'mail.new_address': 'Yeni adres',
  'mail.unknown_device': 'tanınmayan bir cihaz',
  'mail.unknown_address': 'bilinmiyor',

  'mail.code_lifetime': 'Kod bir kez kullanılabilir ve {time} geçerlidir.',
  'mail.code_secrecy': 'Kodu kimseyle paylaşmayın. Telefonla, sohbette veya e-postayla asla kod istemeyiz.',
  'mail.contact_support': 'Destekle iletişime geç',
  'mail.ask_for_help': 'Bunu siz yapmadıysanız hemen {brand} yetkililerine bildirin.',
  'mail.reset_password': 'Şifrenizi sıfırlayın',
  'mail.review_sessions': 'Oturumlarınızı inceleyin',
  'mail.review_settings': 'Ayarlarınızı açın',
  'mail.sign_in': 'Giriş yapın',

  'mail.signup_code.subject': '{brand} hesabınızı oluşturma kodunuz',
  'mail.signup_code.heading': 'E-posta adresinizi onaylayın',
  'mail.signup_code.lead': 'Hoş geldiniz! {brand} hesabınızı oluşturma işlemini tamamlamak için bu kodu kaydolduğunuz sayfaya girin.',
  'mail.signup_code.ignore': 'Kaydolmadıysanız bu e-postayı dikkate almayın. Kod olmadan adresinizle hiçbir hesap onaylanmaz.',

  'mail.login_code.subject': '{brand} giriş kodunuz',
  'mail.login_code.heading': 'Giriş kodunuz',
  'mail.login_code.lead': '{brand} hesabına giriş yapmak için bu kodu, istediğiniz sayfaya girin.',
  'mail.login_code.ignore': 'Giriş yapmıyorsanız bu e-postayı dikkate almayın. Kod olmadan kimse giriş yapamaz.',

  'mail.recovery_code.subject': '{brand} şifrenizi sıfırlama kodunuz',
  'mail.recovery_code.heading': 'Şifrenizi sıfırlayın',
  'mail.recovery_code.lead': '{brand} hesabınıza yeni bir şifre belirlemek için bu kodu, istediğiniz sayfaya girin.',
  'mail.recovery_code.ignore': 'Bunu siz istemediyseniz bu e-postayı dikkate almayın. Şifreniz olduğu gibi kalır.',

  'mail.reauthentication_code.subject': '{brand} için siz olduğunuzu doğrulama kodunuz',
  'mail.reauthentication_code.heading': 'Siz olduğunuzu doğrulayın',
  'mail.reauthentication_code.lead': '{brand} hesabınızda önemli bir şeyi değiştirmek üzeresiniz. Devam etmek için bu kodu girin.',
  'mail.reauthentication_code.ignore':
    'Bunu siz başlatmadıysanız hesabınızı başka biri kullanıyor olabilir. Kodu kimseye vermeyin ve şifrenizi değiştirin.',

  'mail.second_factor_code.subject': '{brand} ikinci adım kodunuz',
  'mail.second_factor_code.heading': 'Bir adım daha',
  'mail.second_factor_code.lead': 'Şifreniz doğruydu. {brand} hesabınızda devam etmek için bu kodu, sizden istendiği sayfaya girin.',
  'mail.second_factor_code.ignore': 'Az önce şifrenizi girmediyseniz başka biri şifrenizi biliyor. Kodu kimseye vermeyin ve şifrenizi değiştirin.',

  'mail.email_change_code.subject': 'Bu adresi {brand} için kullanma kodunuz',
  'mail.email_change_code.heading': 'Yeni e-posta adresinizi onaylayın',
  'mail.email_change_code.lead': 'Bu adresi {brand} hesabınızda kullanmak için bu kodu, değişikliği istediğiniz sayfaya girin.',
  'mail.email_change_code.ignore': 'Bunu siz istemediyseniz bu e-postayı dikkate almayın. Kod olmadan adresiniz hiçbir hesaba eklenmez.',

  'mail.signup_existing_account.subject': 'Zaten bir {brand} hesabınız var',
  'mail.signup_existing_account.heading': 'Zaten bir hesabınız var',
  'mail.signup_existing_account.lead':
    'Biri, büyük olasılıkla siz, bu e-posta adresiyle bir {brand} hesabı oluşturmaya çalıştı. Bu adresin zaten bir hesabı var.',
  'mail.signup_existing_account.next': 'O hesapla giriş yapabilirsiniz. Şifrenizi unuttuysanız yeni bir şifre belirleyin.',
  'mail.signup_existing_account.ignore':
    'Bunu siz yapmadıysanız bu e-postayı dikkate almayın. Hesabınız değişmedi ve sayfa, hesabın var olduğunu belirtmedi.',

  'mail.email_changed.subject': '{brand} e-posta adresiniz değiştirildi',
  'mail.email_changed.heading': 'E-posta adresiniz değiştirildi',
  'mail.email_changed.lead': '{brand} hesabınızın e-posta adresi değiştirildi. Eski adresle artık giriş yapılamaz.',
  'mail.email_changed.next': 'Bu değişikliği siz yaptıysanız bir şey yapmanız gerekmez.',

  'mail.password_changed.subject': '{brand} şifreniz değiştirildi',
  'mail.password_changed.heading': 'Şifreniz değiştirildi',
  'mail.password_changed.lead': '{brand} hesabınızın şifresi değiştirildi.',
  'mail.password_changed.next':
    'Bu değişikliği siz yaptıysanız bir şey yapmanız gerekmez. Siz yapmadıysanız diğer kişinin erişimini kesmek için şifrenizi hemen sıfırlayın.',

  'mail.totp_added.subject': '{brand} hesabınıza bir kimlik doğrulama uygulaması eklendi',
  'mail.totp_added.heading': 'Kimlik doğrulama uygulaması eklendi',
  'mail.totp_added.lead': 'Bundan sonra {brand} girişinde bu uygulamanın kodu da istenecek.',
  'mail.totp_removed.subject': '{brand} hesabınızdan bir kimlik doğrulama uygulaması kaldırıldı',
  'mail.totp_removed.heading': 'Kimlik doğrulama uygulaması kaldırıldı',
  'mail.totp_removed.lead': '{brand} girişinde bu uygulamanın kodları artık kabul edilmiyor.',
  'mail.recovery_codes_made.subject': '{brand} hesabınız için yeni kurtarma kodları',
  'mail.recovery_codes_made.heading': 'Yeni kurtarma kodları oluşturuldu',
  'mail.recovery_codes_made.lead': '{brand} hesabınızın önceki kurtarma kodları artık kullanılamaz.',
  'mail.recovery_code_used.subject': '{brand} hesabınızın bir kurtarma kodu kullanıldı',
  'mail.recovery_code_used.heading': 'Bir kurtarma kodu kullanıldı',
  'mail.recovery_code_used.lead': 'Biri, kurtarma kodlarınızdan biriyle {brand} hesabınıza giriş yaptı. Bu kod bir daha kullanılamaz.',
  'mail.second_factor_changed.next':
    'Bu sizseniz bir şey yapmanız gerekmez. Değilseniz başka biri giriş yapmış demektir: şifrenizi hemen sıfırlayın ve ayarlarınıza bakın.',

  'mail.passkey_created.subject': '{brand} hesabınıza bir geçiş anahtarı eklendi',
  'mail.passkey_created.heading': 'Geçiş anahtarı eklendi',
  'mail.passkey_created.lead': 'Artık {brand} hesabınıza yeni bir geçiş anahtarıyla giriş yapılabilir.',
  'mail.passkey_created.next':
    'Anahtarı siz eklediyseniz bir şey yapmanız gerekmez. Siz eklemediyseniz ayarlarınızdan kaldırın ve şifrenizi hemen sıfırlayın.',
  'mail.passkey_removed.subject': '{brand} hesabınızdan bir geçiş anahtarı kaldırıldı',
  'mail.passkey_removed.heading': 'Geçiş anahtarı kaldırıldı',
  'mail.passkey_removed.lead':
    '{brand} hesabınızın bir geçiş anahtarı kaldırıldı. Artık onunla giriş yapılamaz ve diğer cihazlarınızda oturum kapatıldı.',
  'mail.passkey_removed.next':
    'Anahtarı siz kaldırdıysanız bir şey yapmanız gerekmez. Siz kaldırmadıysanız diğer kişinin erişimini kesmek için şifrenizi hemen sıfırlayın.',

  'mail.new_sign_in.subject': '{brand} hesabınıza yeni giriş',
  'mail.new_sign_in.heading': 'Hesabınıza yeni giriş',
  'mail.new_sign_in.lead': '{brand} hesabınıza daha önce görmediğimiz bir cihazdan giriş yapıldı.',
  'mail.new_sign_in.next': 'Bu sizseniz bir şey yapmanız gerekmez. Değilseniz şifrenizi sıfırlayın ve tanımadığınız oturumları sonlandırın.',

  'mail.refresh_token_reuse.subject': '{brand} hesabınızın bir oturumunu sonlandırdık',
  'mail.refresh_token_reuse.heading': 'Sizi korumak için bir oturumu sonlandırdık',
  'mail.refresh_token_reuse.lead':
    '{brand} oturumunuzu açık tutan bir anahtar ikinci kez kullanıldı. Bu, anahtarın kopyalandığı anlamına gelebilir, bu nedenle o oturumu sonlandırdık.',
  'mail.refresh_token_reuse.next': 'Devam etmek için yeniden giriş yapın. Aşağıdaki cihazı tanımıyorsanız şifrenizi de sıfırlayın.',

  'mail.account_deleted.subject': '{brand} hesabınız silindi',
  'mail.account_deleted.heading': 'Hesabınız silindi',
  'mail.account_deleted.lead': '{brand} hesabınız silindi ve tüm oturumları sonlandırıldı.',
  'mail.account_deleted.next': 'Bunu siz istediyseniz bir şey yapmanız gerekmez. Bizimle olduğunuz için teşekkür ederiz.',
}
