import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'קצת עליכם',
  'fill_in_profile.submit': 'המשך',

  'signup_login.title': 'כניסה או יצירת חשבון',
  'signup_login.hint': 'אין לכם חשבון? בקשו קוד באימייל, והוא ייצור את החשבון.',
}
