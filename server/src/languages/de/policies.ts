import type { Policies } from '../catalogue.ts'

/** Who may sign up, how many devices one may use, and what too many wrong proofs lead to. */
export const policies: Policies = {
  'failure.address_not_allowed':
    'Diese Adresse kann hier nicht verwendet werden. Nehmen Sie die, für die der Dienst eingerichtet ist, oder fragen Sie den Betreiber.',
  'failure.invalid_invitation':
    'Diese Einladung wurde schon verwendet oder zurückgezogen, oder sie ist zu alt. Bitten Sie um eine neue, wo Sie eingeladen wurden.',
  'failure.invited_has_account': 'Sie haben bereits ein Konto. Melden Sie sich damit an.',
  'flow.invalid_invitation.title': 'Diese Einladung gilt nicht mehr',
  'flow.too_many_sessions.title': 'Zu viele Geräte',
  'flow.too_many_sessions.text': 'Sie sind auf so vielen Geräten angemeldet, wie erlaubt sind. Melden Sie sich auf einem davon ab und dann hier an.',
  'invitation.explanation': 'Neue Konten gibt es nur auf Einladung. Öffnen Sie den Link in der E-Mail, mit der Sie eingeladen wurden.',
  'terminate_sessions.title': 'Anderswo abmelden?',
  'terminate_sessions.explanation':
    'Sie sind auf so vielen Geräten angemeldet, wie erlaubt sind. Damit Sie sich hier anmelden können, werden diese abgemeldet:',
  'terminate_sessions.more': 'Weitere Geräte: {count}',
  'terminate_sessions.facts': '{ip}, zuletzt verwendet: {lastUsed}',
  'terminate_sessions.submit': 'Abmelden und fortfahren',
  'mail.invitation.subject': 'Sie sind zu {brand} eingeladen',
  'mail.invitation.heading': 'Sie sind eingeladen',
  'mail.invitation.lead': 'Der Betreiber von {brand} lädt Sie ein, für diese Adresse ein Konto zu erstellen.',
  'mail.invitation.link': 'Einladung annehmen',
  'mail.invitation.until': 'Gültig bis',
  'mail.invitation.ignore':
    'Der Link ist nur für Sie bestimmt: Geben Sie ihn nicht weiter. Wenn Sie kein Konto möchten, ignorieren Sie diese Nachricht.',
  'mail.account_locked.subject': 'Zu viele Fehlversuche bei Ihrem Konto bei {brand}',
  'mail.account_locked.heading': 'Zu viele Fehlversuche',
  'mail.account_locked.password':
    'Für Ihr Konto bei {brand} wurden so viele falsche Passwörter eingegeben, dass das Passwort vorübergehend nicht akzeptiert wird.',
  'mail.account_locked.second_factor':
    'Jemand hat den ersten Schritt der Anmeldung bei Ihrem Konto bei {brand} geschafft und dann so viele falsche Codes eingegeben, dass vorübergehend keiner akzeptiert wird.',
  'mail.account_locked.one_time_code':
    'Für Ihr Konto bei {brand} wurden so viele falsche Codes eingegeben, dass Codes, die wir Ihnen senden, vorübergehend nicht akzeptiert werden.',
  'mail.account_locked.next_one_time_code':
    'Geräte, auf denen Sie schon angemeldet waren, sind nicht betroffen. Auf allen anderen melden Sie sich auf andere Weise an oder warten Sie. Wenn Sie das nicht waren: Es ist niemand hineingekommen.',
  'mail.account_locked.until': 'Bis',
  'mail.account_locked.next_password':
    'Geräte, auf denen Sie schon angemeldet waren, sind nicht betroffen. Auf allen anderen können Sie sich auf andere Weise anmelden, etwa mit einem Code, den wir Ihnen senden, oder Ihr Passwort zurücksetzen. Wenn Sie das nicht waren: Es ist niemand hineingekommen.',
  'mail.account_locked.next_second_factor':
    'Geräte, auf denen Sie schon angemeldet waren, sind nicht betroffen. Wenn Sie das nicht waren, kennt jemand Ihr Passwort oder liest Ihre E-Mails: Setzen Sie Ihr Passwort jetzt zurück.',
}
