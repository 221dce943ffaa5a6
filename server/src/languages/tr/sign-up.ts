import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Hakkınızda',
  'fill_in_profile.submit': 'Devam',

  'signup_login.title': 'Giriş yapın veya hesap oluşturun',
  'signup_login.hint': 'Burada yeni misiniz? E-postayla kod alın: bu kod hesabınızı oluşturur.',

  'anonymous.settings': 'Buradasınız ama hesabınız yok. Size ait olanlara yalnızca bu tarayıcıdan dönülebilir: saklamak için bir hesap oluşturun.',
  'anonymous.promote': 'Burada size ait olanlar sizin kalır.',
  'anonymous.sign_out': 'Hesabınız yok. Oturumu kapattığınızda burada size ait olanlara kimse geri dönemez.',
}
