import type { Messages } from '../catalogue.ts'

/** Mails: subjects, headings and sentences. None tells more than what the reader of the address may know. */
export const messages: Messages = {
  'mail.greeting': 'Buongiorno,',
  'mail.sent_by': 'Messaggio inviato da {brand} per un’attività che riguarda questo indirizzo email. Le risposte non vengono lette.',
  'mail.when': 'Quando',
  'mail.device': 'Dispositivo',
  'mail.ip_address': 'Indirizzo IP',
  'mail.new_address': 'Nuovo indirizzo',
  'mail.unknown_device': 'un dispositivo non riconosciuto',
  'mail.unknown_address': 'sconosciuto',

  'mail.code_lifetime': 'È utilizzabile una sola volta, per {time}.',
  'mail.code_secrecy': 'Non comunicare il codice a nessuno. Non lo chiediamo mai per telefono, chat o email.',
  'mail.contact_support': 'Contatta l’assistenza',
  'mail.ask_for_help': 'Se non si tratta di te, avvisa subito chi gestisce {brand}.',
  'mail.reset_password': 'Reimposta la password',
  'mail.review_sessions': 'Controlla gli accessi',
  'mail.review_settings': 'Apri le impostazioni',
  'mail.sign_in': 'Accedi',

  'mail.signup_code.subject': 'Il tuo codice per creare l’account {brand}',
  'mail.signup_code.heading': 'Conferma il tuo indirizzo email',
  'mail.signup_code.lead':
    'Ti diamo il benvenuto! Per completare la creazione del tuo account {brand}, inserisci questo codice nella pagina in cui hai effettuato la registrazione.',
  'mail.signup_code.ignore':
    'Se non hai effettuato la registrazione, ignora questa email. Senza il codice, nessun account viene confermato con il tuo indirizzo.',

  'mail.login_code.subject': 'Il tuo codice per accedere a {brand}',
  'mail.login_code.heading': 'Il tuo codice di accesso',
  'mail.login_code.lead': 'Per accedere a {brand}, inserisci questo codice nella pagina in cui lo hai richiesto.',
  'mail.login_code.ignore': 'Se non stai effettuando l’accesso, ignora questa email. Nessuno può entrare senza il codice.',

  'mail.recovery_code.subject': 'Il tuo codice per reimpostare la password di {brand}',
  'mail.recovery_code.heading': 'Reimposta la password',
  'mail.recovery_code.lead':
    'Per scegliere una nuova password per il tuo account {brand}, inserisci questo codice nella pagina in cui lo hai richiesto.',
  'mail.recovery_code.ignore': 'Se non hai fatto questa richiesta, ignora questa email. La tua password resta invariata.',

  'mail.reauthentication_code.subject': 'Il tuo codice per confermare la tua identità su {brand}',
  'mail.reauthentication_code.heading': 'Conferma la tua identità',
  'mail.reauthentication_code.lead': 'Stai per modificare qualcosa di importante nel tuo account {brand}. Inserisci questo codice per continuare.',
  'mail.reauthentication_code.ignore':
    'Se non hai avviato questa operazione, qualcun altro potrebbe usare il tuo account. Non comunicare il codice e cambia la password.',

  'mail.second_factor_code.subject': 'Il tuo codice per il secondo passaggio su {brand}',
  'mail.second_factor_code.heading': 'Ancora un passaggio',
  'mail.second_factor_code.lead':
    'La password è corretta. Per continuare su {brand}, inserisci questo codice nella pagina in cui ti viene richiesto.',
  'mail.second_factor_code.ignore':
    'Se non hai appena inserito la password, qualcun altro la conosce. Non comunicare il codice e cambia la password.',

  'mail.email_change_code.subject': 'Il tuo codice per usare questo indirizzo su {brand}',
  'mail.email_change_code.heading': 'Conferma il nuovo indirizzo email',
  'mail.email_change_code.lead':
    'Per usare questo indirizzo con il tuo account {brand}, inserisci questo codice nella pagina in cui hai richiesto la modifica.',
  'mail.email_change_code.ignore':
    'Se non hai fatto questa richiesta, ignora questa email. Senza il codice, il tuo indirizzo non viene aggiunto ad alcun account.',

  'mail.signup_existing_account.subject': 'Hai già un account {brand}',
  'mail.signup_existing_account.heading': 'Hai già un account',
  'mail.signup_existing_account.lead':
    'Qualcuno, molto probabilmente tu, ha provato a creare un account {brand} con questo indirizzo email, che ne ha già uno.',
  'mail.signup_existing_account.next': 'Puoi usarlo per accedere. Se hai dimenticato la password, scegline una nuova.',
  'mail.signup_existing_account.ignore':
    'Se non si tratta di te, ignora questa email. Il tuo account è invariato e la pagina non ha rivelato che esiste.',

  'mail.email_changed.subject': 'Il tuo indirizzo email di {brand} è stato modificato',
  'mail.email_changed.heading': 'Il tuo indirizzo email è stato modificato',
  'mail.email_changed.lead': 'L’indirizzo email del tuo account {brand} è stato modificato. Con quello precedente non è più possibile accedere.',
  'mail.email_changed.next': 'Se la modifica è tua, non devi fare nulla.',

  'mail.password_changed.subject': 'La tua password di {brand} è stata modificata',
  'mail.password_changed.heading': 'La tua password è stata modificata',
  'mail.password_changed.lead': 'La password del tuo account {brand} è stata modificata.',
  'mail.password_changed.next': 'Se la modifica è tua, non devi fare nulla. Altrimenti reimposta subito la password per escludere l’altra persona.',

  'mail.totp_added.subject': 'Un’app di autenticazione è stata aggiunta al tuo account {brand}',
  'mail.totp_added.heading': 'Un’app di autenticazione è stata aggiunta',
  'mail.totp_added.lead': 'D’ora in poi, per accedere a {brand} serve anche un codice di questa app.',
  'mail.totp_removed.subject': 'Un’app di autenticazione è stata rimossa dal tuo account {brand}',
  'mail.totp_removed.heading': 'Un’app di autenticazione è stata rimossa',
  'mail.totp_removed.lead': 'I codici di questa app non sono più validi per accedere a {brand}.',
  'mail.recovery_codes_made.subject': 'Nuovi codici di recupero per il tuo account {brand}',
  'mail.recovery_codes_made.heading': 'Sono stati creati nuovi codici di recupero',
  'mail.recovery_codes_made.lead': 'I codici di recupero precedenti del tuo account {brand} non sono più utilizzabili.',
  'mail.recovery_code_used.subject': 'È stato usato un codice di recupero del tuo account {brand}',
  'mail.recovery_code_used.heading': 'È stato usato un codice di recupero',
  'mail.recovery_code_used.lead':
    'Qualcuno ha effettuato l’accesso a {brand} con uno dei tuoi codici di recupero. Quel codice non può essere usato di nuovo.',
  'mail.second_factor_changed.next':
    'Se si tratta di te, non devi fare nulla. Altrimenti qualcun altro ha effettuato l’accesso: reimposta subito la password e controlla le impostazioni.',

  'mail.passkey_created.subject': 'Una passkey è stata aggiunta al tuo account {brand}',
  'mail.passkey_created.heading': 'Una passkey è stata aggiunta',
  'mail.passkey_created.lead': 'Una nuova passkey permette ora di accedere al tuo account {brand}.',
  'mail.passkey_created.next': 'Se l’hai aggiunta tu, non devi fare nulla. Altrimenti rimuovila nelle impostazioni e reimposta subito la password.',
  'mail.passkey_removed.subject': 'Una passkey è stata rimossa dal tuo account {brand}',
  'mail.passkey_removed.heading': 'Una passkey è stata rimossa',
  'mail.passkey_removed.lead':
    'Una passkey del tuo account {brand} è stata rimossa. Non permette più di accedere e gli altri dispositivi sono stati disconnessi.',
  'mail.passkey_removed.next': 'Se l’hai rimossa tu, non devi fare nulla. Altrimenti reimposta subito la password per escludere l’altra persona.',

  'mail.new_sign_in.subject': 'Nuovo accesso al tuo account {brand}',
  'mail.new_sign_in.heading': 'Nuovo accesso al tuo account',
  'mail.new_sign_in.lead': 'È stato effettuato un accesso al tuo account {brand} da un dispositivo che non avevamo mai visto.',
  'mail.new_sign_in.next': 'Se si tratta di te, non devi fare nulla. Altrimenti reimposta la password e chiudi le sessioni che non riconosci.',

  'mail.refresh_token_reuse.subject': 'Abbiamo chiuso una sessione del tuo account {brand}',
  'mail.refresh_token_reuse.heading': 'Abbiamo chiuso una sessione per proteggerti',
  'mail.refresh_token_reuse.lead':
    'Una chiave che mantiene il tuo accesso a {brand} è stata usata una seconda volta. Potrebbe essere stata copiata, quindi abbiamo chiuso quella sessione.',
  'mail.refresh_token_reuse.next': 'Accedi di nuovo per continuare. Se non riconosci il dispositivo qui sotto, reimposta anche la password.',

  'mail.account_deleted.subject': 'Il tuo account {brand} è stato eliminato',
  'mail.account_deleted.heading': 'Il tuo account è stato eliminato',
  'mail.account_deleted.lead': 'Il tuo account {brand} è stato eliminato e tutte le sue sessioni sono terminate.',
  'mail.account_deleted.next': 'Se l’hai richiesto tu, non devi fare nulla. Grazie per essere stato con noi.',
}
