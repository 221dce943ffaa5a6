import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Tietoja sinusta',
  'fill_in_profile.submit': 'Jatka',

  'signup_login.title': 'Kirjaudu tai luo tili',
  'signup_login.hint': 'Eikö sinulla ole tiliä? Pyydä koodi sähköpostiin: se luo tilisi.',

  'anonymous.settings': 'Olet täällä ilman tiliä. Vain tämä selain johtaa takaisin siihen, mikä on sinun: säilytä se luomalla tili.',
  'anonymous.promote': 'Se, mikä täällä on sinun, pysyy sinun.',
  'anonymous.sign_out': 'Sinulla ei ole tiliä. Kun kirjaudut ulos, kukaan ei pääse enää siihen, mikä täällä on sinun.',
}
