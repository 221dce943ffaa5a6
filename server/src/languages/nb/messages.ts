import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Hei!',
  'mail.sent_by': 'Sendt av {brand} på grunn av noe som skjedde med denne e-postadressen. Ingen leser svar på denne e-posten.',
  'mail.when': 'Når',
  'mail.device': 'Enhet',
  'mail.ip_address': 'IP-adresse',
  'mail.new_address': 'Ny adresse',
  'mail.unknown_device': 'en ukjent enhet',
  'mail.unknown_address': 'ukjent',

  'mail.code_lifetime': 'Den fungerer én gang og gjelder i {time}.',
  'mail.code_secrecy': 'Hold koden for deg selv. Vi ber aldri om den på telefon, chat eller e-post.',
  'mail.contact_support': 'Kontakt brukerstøtte',
  'mail.ask_for_help': 'Hvis det ikke var deg, må du straks si fra til dem som driver {brand}.',
  'mail.reset_password': 'Tilbakestill passordet',
  'mail.review_sessions': 'Se gjennom øktene dine',
  'mail.review_settings': 'Åpne innstillingene',
  'mail.sign_in': 'Logg inn',

  'mail.signup_code.subject': 'Koden din for å opprette en konto hos {brand}',
  'mail.signup_code.heading': 'Bekreft e-postadressen din',
  'mail.signup_code.lead': 'Velkommen! Skriv inn koden på siden der du begynte, så er kontoen din hos {brand} klar.',
  'mail.signup_code.ignore': 'Hvis du ikke ville opprette en konto, kan du se bort fra denne e-posten. Uten koden blir ingen konto bekreftet med adressen din.',

  'mail.login_code.subject': 'Koden din for å logge inn hos {brand}',
  'mail.login_code.heading': 'Innloggingskoden din',
  'mail.login_code.lead': 'For å logge inn hos {brand} skriver du inn koden på siden der du ba om den.',
  'mail.login_code.ignore': 'Hvis du ikke er i ferd med å logge inn, kan du se bort fra denne e-posten. Ingen kommer inn uten koden.',

  'mail.recovery_code.subject': 'Koden din for å tilbakestille passordet hos {brand}',
  'mail.recovery_code.heading': 'Tilbakestill passordet',
  'mail.recovery_code.lead': 'For å velge et nytt passord for kontoen din hos {brand} skriver du inn koden på siden der du ba om den.',
  'mail.recovery_code.ignore': 'Hvis du ikke ba om dette, kan du se bort fra denne e-posten. Passordet ditt forblir som det er.',

  'mail.reauthentication_code.subject': 'Koden din for å bekrefte at det er deg hos {brand}',
  'mail.reauthentication_code.heading': 'Bekreft at det er deg',
  'mail.reauthentication_code.lead': 'Du er i ferd med å endre noe viktig i kontoen din hos {brand}. Skriv inn koden for å fortsette.',
  'mail.reauthentication_code.ignore':
    'Hvis det ikke var du som startet dette, kan det være at noen andre bruker kontoen din. Ikke gi koden videre, og endre passordet ditt.',

  'mail.second_factor_code.subject': 'Koden din for det ekstra trinnet hos {brand}',
  'mail.second_factor_code.heading': 'Ett trinn til',
  'mail.second_factor_code.lead': 'Passordet var riktig. For å fortsette hos {brand} skriver du inn koden på siden som ba om den.',
  'mail.second_factor_code.ignore':
    'Hvis du ikke nettopp skrev inn passordet ditt, er det noen andre som kjenner det. Ikke gi koden videre, og endre passordet ditt.',

  'mail.email_change_code.subject': 'Koden din for å bruke denne adressen hos {brand}',
  'mail.email_change_code.heading': 'Bekreft den nye e-postadressen',
  'mail.email_change_code.lead': 'For å bruke denne adressen for kontoen din hos {brand} skriver du inn koden på siden der du ba om endringen.',
  'mail.email_change_code.ignore': 'Hvis du ikke ba om dette, kan du se bort fra denne e-posten. Uten koden blir adressen din ikke lagt til i noen konto.',

  'mail.signup_existing_account.subject': 'Du har allerede en konto hos {brand}',
  'mail.signup_existing_account.heading': 'Du har allerede en konto',
  'mail.signup_existing_account.lead':
    'Noen, mest sannsynlig du, prøvde å opprette en konto hos {brand} med denne e-postadressen. Den har allerede en.',
  'mail.signup_existing_account.next': 'Du kan logge inn med den. Hvis du har glemt passordet, kan du velge et nytt.',
  'mail.signup_existing_account.ignore':
    'Hvis det ikke var deg, kan du se bort fra denne e-posten. Kontoen din er uendret, og siden fortalte ikke at den finnes.',

  'mail.email_changed.subject': 'E-postadressen din hos {brand} er endret',
  'mail.email_changed.heading': 'E-postadressen din er endret',
  'mail.email_changed.lead': 'E-postadressen til kontoen din hos {brand} er endret. Du kan ikke lenger logge inn med den gamle.',
  'mail.email_changed.next': 'Hvis det var du som endret den, trenger du ikke gjøre noe.',

  'mail.password_changed.subject': 'Passordet ditt hos {brand} er endret',
  'mail.password_changed.heading': 'Passordet ditt er endret',
  'mail.password_changed.lead': 'Passordet til kontoen din hos {brand} er endret.',
  'mail.password_changed.next':
    'Hvis det var du som endret det, trenger du ikke gjøre noe. Hvis ikke, tilbakestiller du passordet nå for å stenge den andre ute.',

  'mail.totp_added.subject': 'En autentiseringsapp er lagt til i kontoen din hos {brand}',
  'mail.totp_added.heading': 'En autentiseringsapp er lagt til',
  'mail.totp_added.lead': 'Fra nå av krever innlogging hos {brand} også en kode fra denne appen.',
  'mail.totp_removed.subject': 'En autentiseringsapp er fjernet fra kontoen din hos {brand}',
  'mail.totp_removed.heading': 'En autentiseringsapp er fjernet',
  'mail.totp_removed.lead': 'Koder fra denne appen fungerer ikke lenger når du logger inn hos {brand}.',
  'mail.recovery_codes_made.subject': 'Nye gjenopprettingskoder for kontoen din hos {brand}',
  'mail.recovery_codes_made.heading': 'Nye gjenopprettingskoder er laget',
  'mail.recovery_codes_made.lead': 'De tidligere gjenopprettingskodene for kontoen din hos {brand} kan ikke brukes lenger.',
  'mail.recovery_code_used.subject': 'En gjenopprettingskode for kontoen din hos {brand} er brukt',
  'mail.recovery_code_used.heading': 'En gjenopprettingskode er brukt',
  'mail.recovery_code_used.lead': 'Noen logget inn hos {brand} med en av gjenopprettingskodene dine. Koden kan ikke brukes igjen.',
  'mail.second_factor_changed.next':
    'Hvis det var deg, trenger du ikke gjøre noe. Hvis ikke, er noen andre logget inn: Tilbakestill passordet nå, og se gjennom innstillingene dine.',

  'mail.passkey_created.subject': 'En passnøkkel er lagt til i kontoen din hos {brand}',
  'mail.passkey_created.heading': 'En passnøkkel er lagt til',
  'mail.passkey_created.lead': 'Det er nå mulig å logge inn på kontoen din hos {brand} med en ny passnøkkel.',
  'mail.passkey_created.next': 'Hvis det var du som la den til, trenger du ikke gjøre noe. Hvis ikke, fjerner du den i innstillingene og tilbakestiller passordet nå.',
  'mail.passkey_removed.subject': 'En passnøkkel er fjernet fra kontoen din hos {brand}',
  'mail.passkey_removed.heading': 'En passnøkkel er fjernet',
  'mail.passkey_removed.lead':
    'En passnøkkel er fjernet fra kontoen din hos {brand}. Den kan ikke lenger brukes til å logge inn, og de andre enhetene dine er logget ut.',
  'mail.passkey_removed.next': 'Hvis det var du som fjernet den, trenger du ikke gjøre noe. Hvis ikke, tilbakestiller du passordet nå for å stenge den andre ute.',

  'mail.new_sign_in.subject': 'Ny innlogging på kontoen din hos {brand}',
  'mail.new_sign_in.heading': 'Ny innlogging på kontoen din',
  'mail.new_sign_in.lead': 'Noen logget inn på kontoen din hos {brand} fra en enhet vi ikke har sett før.',
  'mail.new_sign_in.next': 'Hvis det var deg, trenger du ikke gjøre noe. Hvis ikke, tilbakestiller du passordet og avslutter øktene du ikke kjenner.',

  'mail.refresh_token_reuse.subject': 'Vi har avsluttet en økt på kontoen din hos {brand}',
  'mail.refresh_token_reuse.heading': 'Vi avsluttet en økt for å beskytte deg',
  'mail.refresh_token_reuse.lead':
    'En nøkkel som holder deg logget inn hos {brand}, ble brukt en gang til. Det kan bety at den er kopiert, så vi avsluttet den økten.',
  'mail.refresh_token_reuse.next': 'Logg inn igjen for å fortsette. Hvis du ikke kjenner enheten nedenfor, bør du også tilbakestille passordet.',

  'mail.account_deleted.subject': 'Kontoen din hos {brand} er slettet',
  'mail.account_deleted.heading': 'Kontoen din er slettet',
  'mail.account_deleted.lead': 'Kontoen din hos {brand} er slettet, og alle øktene er avsluttet.',
  'mail.account_deleted.next': 'Hvis du ba om dette, trenger du ikke gjøre noe. Takk for at du var hos oss.',
}
