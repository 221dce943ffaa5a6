import type { Messages } from '../catalogue.ts'

/** Mails: subjects, headings and sentences. None tells more than what the reader of the address may know. */
export const messages: Messages = {
  'mail.greeting': 'Guten Tag,',
  'mail.sent_by': 'Gesendet von {brand}, weil mit dieser E-Mail-Adresse etwas geschehen ist. Antworten auf diese E-Mail werden nicht gelesen.',
  'mail.when': 'Zeitpunkt',
  'mail.device': 'Gerät',
  'mail.ip_address': 'IP-Adresse',
  'mail.new_address': 'Neue Adresse',
  'mail.unknown_device': 'ein unbekanntes Gerät',
  'mail.unknown_address': 'unbekannt',

  'mail.code_lifetime': 'Er gilt einmal, und zwar {time} lang.',
  'mail.code_secrecy': 'Geben Sie den Code nicht weiter. Wir fragen niemals am Telefon, im Chat oder per E-Mail danach.',
  'mail.contact_support': 'Support kontaktieren',
  'mail.ask_for_help': 'Wenn Sie das nicht waren, informieren Sie bitte sofort den Betreiber von {brand}.',
  'mail.reset_password': 'Passwort zurücksetzen',
  'mail.review_sessions': 'Anmeldungen prüfen',
  'mail.review_settings': 'Einstellungen öffnen',
  'mail.sign_in': 'Anmelden',

  'mail.signup_code.subject': 'Ihr Code zum Erstellen Ihres Kontos bei {brand}',
  'mail.signup_code.heading': 'Bestätigen Sie Ihre E-Mail-Adresse',
  'mail.signup_code.lead':
    'Willkommen! Um Ihr Konto bei {brand} fertig einzurichten, geben Sie diesen Code auf der Seite ein, auf der Sie sich registriert haben.',
  'mail.signup_code.ignore':
    'Wenn Sie sich nicht registriert haben, ignorieren Sie diese E-Mail. Ohne den Code wird kein Konto mit Ihrer Adresse bestätigt.',

  'mail.login_code.subject': 'Ihr Code zur Anmeldung bei {brand}',
  'mail.login_code.heading': 'Ihr Anmeldecode',
  'mail.login_code.lead': 'Um sich bei {brand} anzumelden, geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben.',
  'mail.login_code.ignore': 'Wenn Sie sich gerade nicht anmelden, ignorieren Sie diese E-Mail. Ohne den Code kommt niemand hinein.',

  'mail.recovery_code.subject': 'Ihr Code zum Zurücksetzen Ihres Passworts bei {brand}',
  'mail.recovery_code.heading': 'Passwort zurücksetzen',
  'mail.recovery_code.lead':
    'Um ein neues Passwort für Ihr Konto bei {brand} zu wählen, geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben.',
  'mail.recovery_code.ignore': 'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Ihr Passwort bleibt, wie es ist.',

  'mail.reauthentication_code.subject': 'Ihr Code zur Bestätigung bei {brand}',
  'mail.reauthentication_code.heading': 'Bestätigen Sie, dass Sie es sind',
  'mail.reauthentication_code.lead':
    'Sie sind dabei, in Ihrem Konto bei {brand} etwas Wichtiges zu ändern. Geben Sie diesen Code ein, um fortzufahren.',
  'mail.reauthentication_code.ignore':
    'Wenn Sie das nicht veranlasst haben, verwendet möglicherweise jemand anderes Ihr Konto. Geben Sie den Code nicht weiter und ändern Sie Ihr Passwort.',

  'mail.second_factor_code.subject': 'Ihr Code für den zweiten Schritt bei {brand}',
  'mail.second_factor_code.heading': 'Noch ein Schritt',
  'mail.second_factor_code.lead':
    'Ihr Passwort war richtig. Um bei {brand} fortzufahren, geben Sie diesen Code auf der Seite ein, auf der danach gefragt wird.',
  'mail.second_factor_code.ignore':
    'Wenn Sie gerade nicht Ihr Passwort eingegeben haben, kennt es jemand anderes. Geben Sie den Code nicht weiter und ändern Sie Ihr Passwort.',

  'mail.email_change_code.subject': 'Ihr Code, um diese Adresse bei {brand} zu verwenden',
  'mail.email_change_code.heading': 'Bestätigen Sie Ihre neue E-Mail-Adresse',
  'mail.email_change_code.lead':
    'Um diese Adresse für Ihr Konto bei {brand} zu verwenden, geben Sie diesen Code auf der Seite ein, auf der Sie die Änderung angefordert haben.',
  'mail.email_change_code.ignore':
    'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Ohne den Code wird Ihre Adresse keinem Konto hinzugefügt.',

  'mail.signup_existing_account.subject': 'Sie haben bereits ein Konto bei {brand}',
  'mail.signup_existing_account.heading': 'Sie haben bereits ein Konto',
  'mail.signup_existing_account.lead':
    'Jemand, vermutlich Sie selbst, wollte mit dieser E-Mail-Adresse ein Konto bei {brand} erstellen. Zu dieser Adresse gibt es bereits eines.',
  'mail.signup_existing_account.next': 'Sie können sich damit anmelden. Wenn Sie das Passwort vergessen haben, wählen Sie ein neues.',
  'mail.signup_existing_account.ignore':
    'Wenn Sie das nicht waren, ignorieren Sie diese E-Mail. Ihr Konto ist unverändert, und auf der Seite stand nicht, dass es existiert.',

  'mail.email_changed.subject': 'Ihre E-Mail-Adresse bei {brand} wurde geändert',
  'mail.email_changed.heading': 'Ihre E-Mail-Adresse wurde geändert',
  'mail.email_changed.lead': 'Die E-Mail-Adresse Ihres Kontos bei {brand} wurde geändert. Mit der bisherigen ist keine Anmeldung mehr möglich.',
  'mail.email_changed.next': 'Wenn Sie das selbst geändert haben, müssen Sie nichts tun.',

  'mail.password_changed.subject': 'Ihr Passwort bei {brand} wurde geändert',
  'mail.password_changed.heading': 'Ihr Passwort wurde geändert',
  'mail.password_changed.lead': 'Das Passwort Ihres Kontos bei {brand} wurde geändert.',
  'mail.password_changed.next':
    'Wenn Sie das selbst geändert haben, müssen Sie nichts tun. Wenn nicht, setzen Sie Ihr Passwort jetzt zurück, um die andere Person auszusperren.',

  'mail.totp_added.subject': 'Ihrem Konto bei {brand} wurde eine Authenticator-App hinzugefügt',
  'mail.totp_added.heading': 'Eine Authenticator-App wurde hinzugefügt',
  'mail.totp_added.lead': 'Ab jetzt wird bei der Anmeldung bei {brand} auch ein Code aus dieser App verlangt.',
  'mail.totp_removed.subject': 'Aus Ihrem Konto bei {brand} wurde eine Authenticator-App entfernt',
  'mail.totp_removed.heading': 'Eine Authenticator-App wurde entfernt',
  'mail.totp_removed.lead': 'Codes aus dieser App gelten bei der Anmeldung bei {brand} nicht mehr.',
  'mail.recovery_codes_made.subject': 'Neue Wiederherstellungscodes für Ihr Konto bei {brand}',
  'mail.recovery_codes_made.heading': 'Neue Wiederherstellungscodes wurden erstellt',
  'mail.recovery_codes_made.lead': 'Die bisherigen Wiederherstellungscodes Ihres Kontos bei {brand} können nicht mehr verwendet werden.',
  'mail.recovery_code_used.subject': 'Ein Wiederherstellungscode Ihres Kontos bei {brand} wurde verwendet',
  'mail.recovery_code_used.heading': 'Ein Wiederherstellungscode wurde verwendet',
  'mail.recovery_code_used.lead':
    'Jemand hat sich mit einem Ihrer Wiederherstellungscodes bei {brand} angemeldet. Dieser Code kann nicht noch einmal verwendet werden.',
  'mail.second_factor_changed.next':
    'Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, ist jemand anderes angemeldet: Setzen Sie jetzt Ihr Passwort zurück und prüfen Sie Ihre Einstellungen.',

  'mail.passkey_created.subject': 'Ihrem Konto bei {brand} wurde ein Passkey hinzugefügt',
  'mail.passkey_created.heading': 'Ein Passkey wurde hinzugefügt',
  'mail.passkey_created.lead': 'Ab jetzt ist mit einem neuen Passkey die Anmeldung bei Ihrem Konto bei {brand} möglich.',
  'mail.passkey_created.next':
    'Wenn Sie ihn hinzugefügt haben, müssen Sie nichts tun. Wenn nicht, entfernen Sie ihn in Ihren Einstellungen und setzen Sie jetzt Ihr Passwort zurück.',
  'mail.passkey_removed.subject': 'Aus Ihrem Konto bei {brand} wurde ein Passkey entfernt',
  'mail.passkey_removed.heading': 'Ein Passkey wurde entfernt',
  'mail.passkey_removed.lead':
    'Ein Passkey Ihres Kontos bei {brand} wurde entfernt. Damit ist keine Anmeldung mehr möglich, und Ihre anderen Geräte wurden abgemeldet.',
  'mail.passkey_removed.next':
    'Wenn Sie ihn entfernt haben, müssen Sie nichts tun. Wenn nicht, setzen Sie Ihr Passwort jetzt zurück, um die andere Person auszusperren.',

  'mail.new_sign_in.subject': 'Neue Anmeldung bei Ihrem Konto bei {brand}',
  'mail.new_sign_in.heading': 'Neue Anmeldung bei Ihrem Konto',
  'mail.new_sign_in.lead': 'Bei Ihrem Konto bei {brand} gab es eine Anmeldung von einem Gerät, das wir noch nicht kennen.',
  'mail.new_sign_in.next':
    'Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, setzen Sie Ihr Passwort zurück und beenden Sie die Sitzungen, die Sie nicht kennen.',

  'mail.refresh_token_reuse.subject': 'Wir haben eine Sitzung Ihres Kontos bei {brand} beendet',
  'mail.refresh_token_reuse.heading': 'Wir haben zu Ihrem Schutz eine Sitzung beendet',
  'mail.refresh_token_reuse.lead':
    'Ein Schlüssel, der Sie bei {brand} angemeldet hält, wurde ein zweites Mal verwendet. Das kann bedeuten, dass er kopiert wurde; deshalb haben wir diese Sitzung beendet.',
  'mail.refresh_token_reuse.next':
    'Melden Sie sich neu an, um fortzufahren. Wenn Sie das Gerät unten nicht kennen, setzen Sie auch Ihr Passwort zurück.',

  'mail.account_deleted.subject': 'Ihr Konto bei {brand} wurde gelöscht',
  'mail.account_deleted.heading': 'Ihr Konto wurde gelöscht',
  'mail.account_deleted.lead': 'Ihr Konto bei {brand} wurde gelöscht, und alle Sitzungen sind beendet.',
  'mail.account_deleted.next': 'Wenn Sie das veranlasst haben, müssen Sie nichts tun. Vielen Dank, dass Sie bei uns waren.',
}
