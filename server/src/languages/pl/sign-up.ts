import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'O Tobie',
  'fill_in_profile.submit': 'Dalej',

  'signup_login.title': 'Zaloguj się lub utwórz konto',
  'signup_login.hint': 'Nie masz konta? Poproś o kod e-mailem: za jego pomocą utworzysz konto.',

  'anonymous.settings': 'Korzystasz z serwisu bez konta. Do Twoich danych prowadzi tylko ta przeglądarka: utwórz konto, aby je zachować.',
  'anonymous.promote': 'To, co tu jest Twoje, pozostanie Twoje.',
  'anonymous.sign_out': 'Nie masz konta. Po wylogowaniu nikt nie wróci do tego, co tu jest Twoje.',
}
