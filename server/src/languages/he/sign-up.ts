import type { SignUp } from '../catalogue.ts'

export const signUp: SignUp = {
  'fill_in_profile.title': 'קצת עליכם',
  'fill_in_profile.submit': 'המשך',

  'signup_login.title': 'כניסה או יצירת חשבון',
  'signup_login.hint': 'אין לכם חשבון? בקשו קוד באימייל, והוא ייצור את החשבון.',

  'anonymous.settings': 'אתם כאן בלי חשבון. רק הדפדפן הזה מוביל בחזרה למה ששייך לכם: צרו חשבון כדי לשמור אותו.',
  'anonymous.promote': 'מה ששייך לכם כאן נשאר שלכם.',
  'anonymous.sign_out': 'אין לכם חשבון. אחרי היציאה איש לא יוכל לחזור למה ששייך לכם כאן.',
}
