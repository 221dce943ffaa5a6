import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Bu adres burada kullanılamaz. Hizmetin kabul ettiği bir adres kullanın veya hizmeti işletenlere sorun.',
  'failure.invalid_invitation': 'Bu davet kullanılmış, geri alınmış veya çok eski. Sizi davet edenden yeni bir davet isteyin.',
  'failure.invited_has_account': 'Zaten bir hesabınız var. Onunla giriş yapın.',
  'flow.invalid_invitation.title': 'Bu davet sona erdi',
  'flow.too_many_sessions.title': 'Çok fazla cihaz',
  'flow.too_many_sessions.text': 'İzin verilen sayıda cihazda oturumunuz açık. Birinde oturumu kapatın, ardından burada giriş yapın.',
  'invitation.explanation': 'Yeni hesaplar yalnızca davetle oluşturulur. Davet e-postasındaki bağlantıyı açın.',
  'terminate_sessions.title': 'Diğer cihazlarda oturum kapatılsın mı?',
  'terminate_sessions.explanation': 'İzin verilen sayıda cihazda oturumunuz açık. Burada giriş yapmanız için şu cihazlarda oturum kapatılacak:',
  'terminate_sessions.more': 'Diğer cihazlar: {count}',
  'terminate_sessions.facts': '{ip}, son kullanım: {lastUsed}',
  'terminate_sessions.submit': 'Oturumları kapat ve devam et',
  'mail.invitation.subject': '{brand} daveti',
  'mail.invitation.heading': 'Davet edildiniz',
  'mail.invitation.lead': '{brand} yetkilileri sizi bu adresle bir hesap oluşturmaya davet ediyor.',
  'mail.invitation.link': 'Daveti kabul edin',
  'mail.invitation.until': 'Son geçerlilik',
  'mail.invitation.ignore': 'Bu bağlantı yalnızca size aittir: kimseye iletmeyin. Hesap istemiyorsanız bu e-postayı dikkate almayın.',
  'mail.account_locked.subject': '{brand} hesabınızda çok fazla hatalı deneme',
  'mail.account_locked.heading': 'Biri çok sık denedi',
  'mail.account_locked.password': '{brand} hesabınız için o kadar çok yanlış şifre girildi ki hesabın şifresi bir süre kabul edilmeyecek.',
  'mail.account_locked.second_factor':
    '{brand} hesabınıza girişin ilk adımını geçen biri o kadar çok yanlış kod girdi ki bir süre hiçbir kod kabul edilmeyecek.',
  'mail.account_locked.one_time_code': '{brand} hesabınız için o kadar çok yanlış kod girildi ki size gönderilen kodlar bir süre kabul edilmeyecek.',
  'mail.account_locked.next_one_time_code':
    'Daha önce giriş yaptığınız cihazlar etkilenmez. Başka yerlerde başka bir yolla giriş yapın veya bekleyin. Bu siz değilseniz kimse giriş yapamadı.',
  'mail.account_locked.until': 'Bitiş',
  'mail.account_locked.next_password':
    'Daha önce giriş yaptığınız cihazlar etkilenmez. Başka yerlerde, size gönderilen bir kod gibi başka bir yolla giriş yapabilir veya şifrenizi sıfırlayabilirsiniz. Bu siz değilseniz kimse giriş yapamadı.',
  'mail.account_locked.next_second_factor':
    'Daha önce giriş yaptığınız cihazlar etkilenmez. Bu siz değilseniz biri şifrenizi biliyor veya postalarınızı okuyor: şifrenizi hemen sıfırlayın.',
}
