import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'Over jou',
  'fill_in_profile.submit': 'Doorgaan',

  'signup_login.title': 'Inloggen of account aanmaken',
  'signup_login.hint': 'Nieuw hier? Laat je een code e-mailen: daarmee wordt je account aangemaakt.',

  'anonymous.settings': 'Je bent hier zonder account. Alleen deze browser leidt terug naar wat van jou is: maak een account aan om het te houden.',
  'anonymous.promote': 'Wat hier van jou is, blijft van jou.',
  'anonymous.sign_out': 'Je hebt geen account. Na het uitloggen kan niemand terug naar wat hier van jou is.',
}
