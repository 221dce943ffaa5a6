import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Hej!',
  'mail.sent_by': 'Sendt af {brand} på grund af noget, der skete med denne e-mailadresse. Ingen læser svar på mailen.',
  'mail.when': 'Hvornår',
  'mail.device': 'Enhed',
  'mail.ip_address': 'IP-adresse',
  'mail.new_address': 'Ny adresse',
  'mail.unknown_device': 'en ukendt enhed',
  'mail.unknown_address': 'ukendt',

  'mail.code_lifetime': 'Den virker én gang og gælder i {time}.',
  'mail.code_secrecy': 'Hold koden for dig selv. Vi beder aldrig om den på telefon, chat eller mail.',
  'mail.contact_support': 'Kontakt support',
  'mail.ask_for_help': 'Hvis det ikke var dig, så sig det straks til dem, der driver {brand}.',
  'mail.reset_password': 'Nulstil din adgangskode',
  'mail.review_sessions': 'Se dine sessioner',
  'mail.review_settings': 'Åbn dine indstillinger',
  'mail.sign_in': 'Log ind',

  'mail.signup_code.subject': 'Din kode til at oprette en konto hos {brand}',
  'mail.signup_code.heading': 'Bekræft din e-mailadresse',
  'mail.signup_code.lead': 'Velkommen! Indtast koden på den side, hvor du begyndte, så er din konto hos {brand} klar.',
  'mail.signup_code.ignore': 'Hvis du ikke ville oprette en konto, kan du se bort fra denne mail. Uden koden bliver ingen konto bekræftet med din adresse.',

  'mail.login_code.subject': 'Din kode til at logge ind hos {brand}',
  'mail.login_code.heading': 'Din login-kode',
  'mail.login_code.lead': 'For at logge ind hos {brand} skal du indtaste koden på den side, hvor du bad om den.',
  'mail.login_code.ignore': 'Hvis du ikke er ved at logge ind, kan du se bort fra denne mail. Ingen kommer ind uden koden.',

  'mail.recovery_code.subject': 'Din kode til at nulstille adgangskoden hos {brand}',
  'mail.recovery_code.heading': 'Nulstil din adgangskode',
  'mail.recovery_code.lead': 'For at vælge en ny adgangskode til din konto hos {brand} skal du indtaste koden på den side, hvor du bad om den.',
  'mail.recovery_code.ignore': 'Hvis du ikke bad om dette, kan du se bort fra denne mail. Din adgangskode forbliver, som den er.',

  'mail.reauthentication_code.subject': 'Din kode til at bekræfte, at det er dig, hos {brand}',
  'mail.reauthentication_code.heading': 'Bekræft, at det er dig',
  'mail.reauthentication_code.lead': 'Du er ved at ændre noget vigtigt på din konto hos {brand}. Indtast koden for at fortsætte.',
  'mail.reauthentication_code.ignore':
    'Hvis det ikke er dig, der er i gang, bruger en anden måske din konto. Giv ikke koden videre, og skift din adgangskode.',

  'mail.second_factor_code.subject': 'Din kode til det ekstra trin hos {brand}',
  'mail.second_factor_code.heading': 'Et trin mere',
  'mail.second_factor_code.lead': 'Din adgangskode var rigtig. For at fortsætte hos {brand} skal du indtaste koden på den side, der bad om den.',
  'mail.second_factor_code.ignore':
    'Hvis du ikke lige har indtastet din adgangskode, er der en anden, der kender den. Giv ikke koden videre, og skift din adgangskode.',

  'mail.email_change_code.subject': 'Din kode til at bruge denne adresse hos {brand}',
  'mail.email_change_code.heading': 'Bekræft din nye e-mailadresse',
  'mail.email_change_code.lead': 'For at bruge denne adresse til din konto hos {brand} skal du indtaste koden på den side, hvor du bad om ændringen.',
  'mail.email_change_code.ignore': 'Hvis du ikke bad om dette, kan du se bort fra denne mail. Uden koden føjes din adresse ikke til nogen konto.',

  'mail.signup_existing_account.subject': 'Du har allerede en konto hos {brand}',
  'mail.signup_existing_account.heading': 'Du har allerede en konto',
  'mail.signup_existing_account.lead':
    'Nogen, sandsynligvis dig, prøvede at oprette en konto hos {brand} med denne e-mailadresse. Den har allerede en.',
  'mail.signup_existing_account.next': 'Du kan logge ind med den. Hvis du har glemt adgangskoden, kan du vælge en ny.',
  'mail.signup_existing_account.ignore':
    'Hvis det ikke var dig, kan du se bort fra denne mail. Din konto er uændret, og siden fortalte ikke, at den findes.',

  'mail.email_changed.subject': 'Din e-mailadresse hos {brand} er ændret',
  'mail.email_changed.heading': 'Din e-mailadresse er ændret',
  'mail.email_changed.lead': 'E-mailadressen til din konto hos {brand} er ændret. Det er ikke længere muligt at logge ind med den gamle.',
  'mail.email_changed.next': 'Hvis det var dig, der ændrede den, behøver du ikke gøre noget.',

  'mail.password_changed.subject': 'Din adgangskode hos {brand} er ændret',
  'mail.password_changed.heading': 'Din adgangskode er ændret',
  'mail.password_changed.lead': 'Adgangskoden til din konto hos {brand} er ændret.',
  'mail.password_changed.next':
    'Hvis det var dig, der ændrede den, behøver du ikke gøre noget. Ellers skal du nulstille adgangskoden nu for at lukke den anden ude.',

  'mail.totp_added.subject': 'En godkendelsesapp er føjet til din konto hos {brand}',
  'mail.totp_added.heading': 'En godkendelsesapp er tilføjet',
  'mail.totp_added.lead': 'Fra nu af kræver login hos {brand} også en kode fra appen.',
  'mail.totp_removed.subject': 'En godkendelsesapp er fjernet fra din konto hos {brand}',
  'mail.totp_removed.heading': 'En godkendelsesapp er fjernet',
  'mail.totp_removed.lead': 'Koder fra appen virker ikke længere, når du logger ind hos {brand}.',
  'mail.recovery_codes_made.subject': 'Nye gendannelseskoder til din konto hos {brand}',
  'mail.recovery_codes_made.heading': 'Der er lavet nye gendannelseskoder',
  'mail.recovery_codes_made.lead': 'De tidligere gendannelseskoder til din konto hos {brand} kan ikke længere bruges.',
  'mail.recovery_code_used.subject': 'En gendannelseskode til din konto hos {brand} er brugt',
  'mail.recovery_code_used.heading': 'En gendannelseskode er brugt',
  'mail.recovery_code_used.lead': 'Nogen loggede ind hos {brand} med en af dine gendannelseskoder. Koden kan ikke bruges igen.',
  'mail.second_factor_changed.next':
    'Hvis det var dig, behøver du ikke gøre noget. Ellers er der en anden, der er logget ind: Nulstil din adgangskode nu, og se dine indstillinger igennem.',

  'mail.passkey_created.subject': 'En adgangsnøgle er føjet til din konto hos {brand}',
  'mail.passkey_created.heading': 'En adgangsnøgle er tilføjet',
  'mail.passkey_created.lead': 'En ny adgangsnøgle kan nu logge ind på din konto hos {brand}.',
  'mail.passkey_created.next': 'Hvis det var dig, der tilføjede den, behøver du ikke gøre noget. Ellers skal du fjerne den i dine indstillinger og nulstille adgangskoden nu.',
  'mail.passkey_removed.subject': 'En adgangsnøgle er fjernet fra din konto hos {brand}',
  'mail.passkey_removed.heading': 'En adgangsnøgle er fjernet',
  'mail.passkey_removed.lead':
    'En adgangsnøgle er fjernet fra din konto hos {brand}. Den kan ikke længere bruges til at logge ind, og dine andre enheder er logget ud.',
  'mail.passkey_removed.next': 'Hvis det var dig, der fjernede den, behøver du ikke gøre noget. Ellers skal du nulstille adgangskoden nu for at lukke den anden ude.',

  'mail.new_sign_in.subject': 'Nyt login på din konto hos {brand}',
  'mail.new_sign_in.heading': 'Nyt login på din konto',
  'mail.new_sign_in.lead': 'Nogen loggede ind på din konto hos {brand} fra en enhed, som vi ikke har set før.',
  'mail.new_sign_in.next': 'Hvis det var dig, behøver du ikke gøre noget. Ellers skal du nulstille adgangskoden og afslutte de sessioner, du ikke kender.',

  'mail.refresh_token_reuse.subject': 'Vi har afsluttet en session på din konto hos {brand}',
  'mail.refresh_token_reuse.heading': 'Vi afsluttede en session for at beskytte dig',
  'mail.refresh_token_reuse.lead':
    'En nøgle, der holder dig logget ind hos {brand}, blev brugt en gang til. Det kan betyde, at den er kopieret, så vi afsluttede den session.',
  'mail.refresh_token_reuse.next': 'Log ind igen for at fortsætte. Hvis du ikke kender enheden herunder, skal du også nulstille adgangskoden.',

  'mail.account_deleted.subject': 'Din konto hos {brand} er slettet',
  'mail.account_deleted.heading': 'Din konto er slettet',
  'mail.account_deleted.lead': 'Din konto hos {brand} er slettet, og alle dens sessioner er afsluttet.',
  'mail.account_deleted.next': 'Hvis du bad om dette, behøver du ikke gøre noget. Tak, fordi du var hos os.',
}
