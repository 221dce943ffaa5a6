import type { Links } from '../catalogue.ts'

/** Links that are mailed instead of codes or beside them: the mails, the page behind the link, the page that waits. */
export const links: Links = {
  'mail.login_link.subject': 'Ihr Link zur Anmeldung bei {brand}',
  'mail.login_link.heading': 'Ihr Anmeldelink',
  'mail.login_link.lead': 'Um sich bei {brand} anzumelden, öffnen Sie diesen Link und bestätigen Sie dort, dass Sie es sind.',
  'mail.login_link.open': 'Anmelden',
  'mail.login_link.ignore': 'Wenn Sie sich gerade nicht anmelden, ignorieren Sie diese E-Mail. Ohne Ihre Bestätigung kommt niemand hinein.',
  'mail.recovery_link.subject': 'Ihr Link zum Zurücksetzen Ihres Passworts bei {brand}',
  'mail.recovery_link.heading': 'Passwort zurücksetzen',
  'mail.recovery_link.lead':
    'Um ein neues Passwort für Ihr Konto bei {brand} zu wählen, öffnen Sie diesen Link und bestätigen Sie dort, dass Sie es sind.',
  'mail.recovery_link.open': 'Passwort zurücksetzen',
  'mail.recovery_link.ignore': 'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Ihr Passwort bleibt, wie es ist.',
  'mail.reauthentication_link.subject': 'Ihr Link zur Bestätigung bei {brand}',
  'mail.reauthentication_link.heading': 'Bestätigen Sie, dass Sie es sind',
  'mail.reauthentication_link.lead':
    'Sie sind dabei, in Ihrem Konto bei {brand} etwas Wichtiges zu ändern. Öffnen Sie diesen Link, um fortzufahren.',
  'mail.reauthentication_link.open': 'Bestätigen',
  'mail.reauthentication_link.ignore':
    'Wenn Sie das nicht veranlasst haben, verwendet möglicherweise jemand anderes Ihr Konto. Bestätigen Sie nichts und ändern Sie Ihr Passwort.',
  'mail.second_factor_link.subject': 'Ihr Link für den zweiten Schritt bei {brand}',
  'mail.second_factor_link.heading': 'Noch ein Schritt',
  'mail.second_factor_link.lead':
    'Ihr Passwort war richtig. Um bei {brand} fortzufahren, öffnen Sie diesen Link und bestätigen Sie dort, dass Sie es sind.',
  'mail.second_factor_link.open': 'Zweiten Schritt bestätigen',
  'mail.second_factor_link.ignore':
    'Wenn Sie gerade nicht Ihr Passwort eingegeben haben, kennt es jemand anderes. Bestätigen Sie nichts und ändern Sie Ihr Passwort.',
  'mail.link_or_code': 'Oder geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben.',
  'mail.link_secrecy': 'Geben Sie diese E-Mail nicht weiter. Wir fragen niemals am Telefon, im Chat oder per E-Mail danach.',

  'link.email': 'Link per E-Mail senden',
  'link.recovery_explanation': 'Geben Sie Ihre E-Mail-Adresse ein. Wir senden Ihnen einen Link, mit dem Sie ein neues Passwort wählen können.',
  'link.send': 'Link senden',
  'link.title': 'Sehen Sie in Ihre E-Mails',
  'link.sent_to':
    'Wir haben einen Link an {destination} gesendet. Öffnen Sie ihn hier oder auf einem anderen Gerät und bestätigen Sie. Er ist 10 Minuten gültig.',
  'link.sent_blindly':
    'Wir haben einen Link an die E-Mail-Adresse des Kontos gesendet, falls es eines gibt. Öffnen Sie ihn hier oder auf einem anderen Gerät und bestätigen Sie. Er ist 10 Minuten gültig.',
  'link.beside_code': 'Die E-Mail enthält auch einen Link. Wenn Sie dort bestätigt haben, machen Sie hier weiter.',
  'link.check': 'Weiter',
  'link.resend': 'Neuen Link senden',
  'link.sent_again': 'Ein neuer Link ist unterwegs. Nur der neueste ist gültig.',
  'link.exhausted': 'Dieser Link kann nicht mehr verwendet werden. Fordern Sie einen neuen an, um fortzufahren.',
  'link.login': 'Als {destination} anmelden?',
  'link.account_recovery': 'Neues Passwort für {destination} wählen?',
  'link.reauth': 'Bestätigen Sie, dass Sie es sind, {destination}?',
  'link.second_factor': 'Zweiten Schritt für {destination} bestätigen?',
  'link.only_if_asked': 'Fahren Sie nur fort, wenn Sie das selbst angefordert haben.',
  'link.submit': 'Weiter',
  'link.other_device':
    'Das wurde auf einem anderen Gerät angefordert. Geben Sie es nur frei, wenn Sie dort gerade eben selbst damit begonnen haben.',
  'link.device': 'Gerät: {device}',
  'link.ip': 'IP-Adresse: {ip}',
  'link.time': 'Zeitpunkt: {time}',
  'link.never':
    'Geben Sie nie etwas frei, das Sie nicht selbst begonnen haben, egal, wer Sie darum bittet: Sonst erhält diese Person Zugang zu Ihrem Konto.',
  'link.approve': 'Anderes Gerät freigeben',
  'link.approved.title': 'Freigegeben',
  'link.approved.text': 'Machen Sie auf dem Gerät weiter, auf dem Sie begonnen haben. Sie können diese Seite schließen.',
  'link.over.title': 'Dieser Link kann nicht verwendet werden',
  'link.over.text':
    'Er wurde schon verwendet, ist zu alt oder gehört zu einem anderen Konto. Fordern Sie dort einen neuen an, wo Sie begonnen haben.',
}
