import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Om dig',
  'fill_in_profile.submit': 'Fortsæt',

  'signup_login.title': 'Log ind, eller opret en konto',
  'signup_login.hint': 'Ny her? Få en kode på mail: Den opretter din konto.',

  'anonymous.settings': 'Du er her uden konto. Kun denne browser fører tilbage til det, der er dit: Opret en konto for at beholde det.',
  'anonymous.promote': 'Det, der er dit her, forbliver dit.',
  'anonymous.sign_out': 'Du har ingen konto. Når du er logget ud, kan ingen komme tilbage til det, der er dit her.',
}
