import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'אי אפשר להשתמש בכתובת הזו כאן. השתמשו בכתובת שהשירות הוגדר עבורה, או פנו למי שמפעיל אותו.',
  'failure.invalid_invitation': 'ההזמנה הזו נוצלה, בוטלה או ישנה מדי. בקשו הזמנה חדשה ממי שהזמין אתכם.',
  'failure.invited_has_account': 'כבר יש לכם חשבון. היכנסו איתו.',
  'flow.invalid_invitation.title': 'ההזמנה הזו הסתיימה',
  'flow.too_many_sessions.title': 'יותר מדי מכשירים',
  'flow.too_many_sessions.text': 'אתם מחוברים במספר המרבי של המכשירים. צאו מאחד מהם ואז היכנסו כאן.',
  'invitation.explanation': 'חשבונות חדשים נוצרים בהזמנה בלבד. פתחו את הקישור שבהודעת ההזמנה.',
  'terminate_sessions.title': 'לנתק מכשירים אחרים?',
  'terminate_sessions.explanation': 'אתם מחוברים במספר המרבי של המכשירים. כדי להיכנס כאן, המכשירים האלה ינותקו:',
  'terminate_sessions.more': 'מכשירים נוספים: {count}',
  'terminate_sessions.facts': '{ip}, שימוש אחרון: {lastUsed}',
  'terminate_sessions.submit': 'ניתוק והמשך',
  'mail.invitation.subject': 'הוזמנתם אל {brand}',
  'mail.invitation.heading': 'הוזמנתם',
  'mail.invitation.lead': 'מי שמפעיל את {brand} מזמין אתכם ליצור חשבון עבור הכתובת הזו.',
  'mail.invitation.link': 'קבלת ההזמנה',
  'mail.invitation.until': 'בתוקף עד',
  'mail.invitation.ignore': 'הקישור מיועד רק לכם: אל תעבירו אותו הלאה. אם אינכם רוצים חשבון, התעלמו מההודעה.',
  'mail.account_locked.subject': 'יותר מדי ניסיונות שגויים בחשבון שלכם ב-{brand}',
  'mail.account_locked.heading': 'מישהו ניסה יותר מדי פעמים',
  'mail.account_locked.password': 'הוזנו כל כך הרבה סיסמאות שגויות לחשבון שלכם ב-{brand}, עד שהסיסמה שלו לא תתקבל לזמן מה.',
  'mail.account_locked.second_factor':
    'מישהו שעבר את השלב הראשון בכניסה לחשבון שלכם ב-{brand} הזין כל כך הרבה קודים שגויים, עד שאף קוד לא יתקבל לזמן מה.',
  'mail.account_locked.one_time_code': 'הוזנו כל כך הרבה קודים שגויים לחשבון שלכם ב-{brand}, עד שקודים שנשלחים אליכם לא יתקבלו לזמן מה.',
  'mail.account_locked.next_one_time_code':
    'מכשירים שכבר נכנסתם מהם אינם מושפעים. בכל מקום אחר היכנסו בדרך אחרת או המתינו. אם זה לא הייתם אתם, איש לא נכנס.',
  'mail.account_locked.until': 'עד',
  'mail.account_locked.next_password':
    'מכשירים שכבר נכנסתם מהם אינם מושפעים. בכל מקום אחר אפשר להיכנס בדרך אחרת, למשל עם קוד שיישלח אליכם, או לאפס את הסיסמה. אם זה לא הייתם אתם, איש לא נכנס.',
  'mail.account_locked.next_second_factor':
    'מכשירים שכבר נכנסתם מהם אינם מושפעים. אם זה לא הייתם אתם, מישהו יודע את הסיסמה שלכם או קורא את הדואר שלכם: אפסו עכשיו את הסיסמה.',
}
