import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Om dig',
  'fill_in_profile.submit': 'Fortsätt',

  'signup_login.title': 'Logga in eller skapa konto',
  'signup_login.hint': 'Ny här? Låt oss mejla dig en kod: med den skapas ditt konto.',

  'anonymous.settings': 'Du är här utan konto. Bara den här webbläsaren leder tillbaka till det som är ditt: skapa ett konto för att behålla det.',
  'anonymous.promote': 'Det som är ditt här förblir ditt.',
  'anonymous.sign_out': 'Du har inget konto. När du har loggat ut kan ingen komma tillbaka till det som är ditt här.',
}
