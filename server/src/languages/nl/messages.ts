import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Hallo,',
  'mail.sent_by': 'Verstuurd door {brand} omdat er iets is gebeurd met dit e-mailadres. Antwoorden op deze mail worden niet gelezen.',
  'mail.when': 'Wanneer',
  'mail.device': 'Apparaat',
  'mail.ip_address': 'IP-adres',
  'mail.new_address': 'Nieuw adres',
  'mail.unknown_device': 'een onbekend apparaat',
  'mail.unknown_address': 'onbekend',

  'mail.code_lifetime': 'De code werkt één keer en is {time} geldig.',
  'mail.code_secrecy': 'Houd de code voor jezelf. We vragen er nooit om via telefoon, chat of mail.',
  'mail.contact_support': 'Hulp vragen',
  'mail.ask_for_help': 'Was jij het niet? Laat het de beheerder van {brand} dan meteen weten.',
  'mail.reset_password': 'Wachtwoord opnieuw instellen',
  'mail.review_sessions': 'Sessies bekijken',
  'mail.review_settings': 'Instellingen openen',
  'mail.sign_in': 'Inloggen',

  'mail.signup_code.subject': 'Je code om een account aan te maken bij {brand}',
  'mail.signup_code.heading': 'Bevestig je e-mailadres',
  'mail.signup_code.lead': 'Welkom! Vul deze code in op de pagina waar je begon. Daarmee is je account bij {brand} aangemaakt.',
  'mail.signup_code.ignore': 'Wilde jij geen account aanmaken? Negeer deze mail dan. Zonder de code wordt er geen account met jouw adres bevestigd.',

  'mail.login_code.subject': 'Je code om in te loggen bij {brand}',
  'mail.login_code.heading': 'Je inlogcode',
  'mail.login_code.lead': 'Om in te loggen bij {brand} vul je deze code in op de pagina waar je hem hebt aangevraagd.',
  'mail.login_code.ignore': 'Ben jij niet aan het inloggen? Negeer deze mail dan. Zonder de code komt niemand binnen.',

  'mail.recovery_code.subject': 'Je code om je wachtwoord bij {brand} opnieuw in te stellen',
  'mail.recovery_code.heading': 'Stel je wachtwoord opnieuw in',
  'mail.recovery_code.lead': 'Om een nieuw wachtwoord te kiezen voor je account bij {brand} vul je deze code in op de pagina waar je hem hebt aangevraagd.',
  'mail.recovery_code.ignore': 'Heb jij dit niet aangevraagd? Negeer deze mail dan. Je wachtwoord blijft zoals het is.',

  'mail.reauthentication_code.subject': 'Je code om te bevestigen dat jij het bent bij {brand}',
  'mail.reauthentication_code.heading': 'Bevestig dat jij het bent',
  'mail.reauthentication_code.lead': 'Je staat op het punt iets belangrijks te wijzigen in je account bij {brand}. Vul deze code in om door te gaan.',
  'mail.reauthentication_code.ignore':
    'Ben jij hier niet mee begonnen? Dan gebruikt misschien iemand anders je account. Geef de code niet door en wijzig je wachtwoord.',

  'mail.second_factor_code.subject': 'Je code voor de tweede stap bij {brand}',
  'mail.second_factor_code.heading': 'Nog één stap',
  'mail.second_factor_code.lead': 'Je wachtwoord klopt. Om verder te gaan bij {brand} vul je deze code in op de pagina die erom vraagt.',
  'mail.second_factor_code.ignore':
    'Heb jij niet zojuist je wachtwoord ingevuld? Dan kent iemand anders het. Geef de code niet door en wijzig je wachtwoord.',

  'mail.email_change_code.subject': 'Je code om dit adres te gebruiken bij {brand}',
  'mail.email_change_code.heading': 'Bevestig je nieuwe e-mailadres',
  'mail.email_change_code.lead': 'Om dit adres te gebruiken voor je account bij {brand} vul je deze code in op de pagina waar je de wijziging hebt aangevraagd.',
  'mail.email_change_code.ignore': 'Heb jij dit niet aangevraagd? Negeer deze mail dan. Zonder de code wordt je adres aan geen enkel account toegevoegd.',

  'mail.signup_existing_account.subject': 'Je hebt al een account bij {brand}',
  'mail.signup_existing_account.heading': 'Je hebt al een account',
  'mail.signup_existing_account.lead':
    'Iemand, waarschijnlijk jijzelf, probeerde met dit e-mailadres een account aan te maken bij {brand}. Bij dat adres hoort al een account.',
  'mail.signup_existing_account.next': 'Je kunt ermee inloggen. Wachtwoord vergeten? Kies dan een nieuw wachtwoord.',
  'mail.signup_existing_account.ignore':
    'Was jij het niet? Negeer deze mail dan. Je account is niet gewijzigd en de pagina heeft niet verteld dat het bestaat.',

  'mail.email_changed.subject': 'Je e-mailadres bij {brand} is gewijzigd',
  'mail.email_changed.heading': 'Je e-mailadres is gewijzigd',
  'mail.email_changed.lead': 'Het e-mailadres van je account bij {brand} is gewijzigd. Met het vorige adres kun je niet meer inloggen.',
  'mail.email_changed.next': 'Heb jij dit gewijzigd? Dan hoef je niets te doen.',

  'mail.password_changed.subject': 'Je wachtwoord bij {brand} is gewijzigd',
  'mail.password_changed.heading': 'Je wachtwoord is gewijzigd',
  'mail.password_changed.lead': 'Het wachtwoord van je account bij {brand} is gewijzigd.',
  'mail.password_changed.next':
    'Heb jij dit gewijzigd? Dan hoef je niets te doen. Zo niet, stel je wachtwoord dan nu opnieuw in om de ander buiten te sluiten.',

  'mail.totp_added.subject': 'Er is een authenticator-app toegevoegd aan je account bij {brand}',
  'mail.totp_added.heading': 'Er is een authenticator-app toegevoegd',
  'mail.totp_added.lead': 'Vanaf nu is bij het inloggen bij {brand} ook een code van deze app nodig.',
  'mail.totp_removed.subject': 'Er is een authenticator-app verwijderd uit je account bij {brand}',
  'mail.totp_removed.heading': 'Er is een authenticator-app verwijderd',
  'mail.totp_removed.lead': 'Bij het inloggen bij {brand} werken codes van deze app niet meer.',
  'mail.recovery_codes_made.subject': 'Nieuwe herstelcodes voor je account bij {brand}',
  'mail.recovery_codes_made.heading': 'Er zijn nieuwe herstelcodes gemaakt',
  'mail.recovery_codes_made.lead': 'De eerdere herstelcodes van je account bij {brand} kunnen niet meer worden gebruikt.',
  'mail.recovery_code_used.subject': 'Er is een herstelcode van je account bij {brand} gebruikt',
  'mail.recovery_code_used.heading': 'Er is een herstelcode gebruikt',
  'mail.recovery_code_used.lead': 'Iemand heeft met een van je herstelcodes ingelogd bij {brand}. De code kan niet nog eens worden gebruikt.',
  'mail.second_factor_changed.next':
    'Was jij het? Dan hoef je niets te doen. Zo niet, dan is iemand anders ingelogd: stel je wachtwoord nu opnieuw in en bekijk je instellingen.',

  'mail.passkey_created.subject': 'Er is een passkey toegevoegd aan je account bij {brand}',
  'mail.passkey_created.heading': 'Er is een passkey toegevoegd',
  'mail.passkey_created.lead': 'Met een nieuwe passkey kan nu worden ingelogd op je account bij {brand}.',
  'mail.passkey_created.next': 'Heb jij hem toegevoegd? Dan hoef je niets te doen. Zo niet, verwijder hem dan in je instellingen en stel nu je wachtwoord opnieuw in.',
  'mail.passkey_removed.subject': 'Er is een passkey verwijderd uit je account bij {brand}',
  'mail.passkey_removed.heading': 'Er is een passkey verwijderd',
  'mail.passkey_removed.lead':
    'Er is een passkey van je account bij {brand} verwijderd. Inloggen kan er niet meer mee en je andere apparaten zijn uitgelogd.',
  'mail.passkey_removed.next': 'Heb jij hem verwijderd? Dan hoef je niets te doen. Zo niet, stel je wachtwoord dan nu opnieuw in om de ander buiten te sluiten.',

  'mail.new_sign_in.subject': 'Nieuwe login op je account bij {brand}',
  'mail.new_sign_in.heading': 'Nieuwe login op je account',
  'mail.new_sign_in.lead': 'Er is op je account bij {brand} ingelogd vanaf een apparaat dat we niet eerder hebben gezien.',
  'mail.new_sign_in.next': 'Was jij het? Dan hoef je niets te doen. Zo niet, stel je wachtwoord dan opnieuw in en beëindig de sessies die je niet kent.',

  'mail.refresh_token_reuse.subject': 'We hebben een sessie van je account bij {brand} beëindigd',
  'mail.refresh_token_reuse.heading': 'We hebben een sessie beëindigd om je te beschermen',
  'mail.refresh_token_reuse.lead':
    'Een sleutel waarmee je ingelogd blijft bij {brand} is een tweede keer gebruikt. Dat kan betekenen dat hij is gekopieerd. Daarom hebben we die sessie beëindigd.',
  'mail.refresh_token_reuse.next': 'Log opnieuw in om verder te gaan. Ken je het apparaat hieronder niet? Stel dan ook je wachtwoord opnieuw in.',

  'mail.account_deleted.subject': 'Je account bij {brand} is verwijderd',
  'mail.account_deleted.heading': 'Je account is verwijderd',
  'mail.account_deleted.lead': 'Je account bij {brand} is verwijderd en alle sessies ervan zijn beëindigd.',
  'mail.account_deleted.next': 'Heb jij hierom gevraagd? Dan hoef je niets te doen. Bedankt dat je bij ons was.',
}
