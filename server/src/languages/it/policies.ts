import type { Policies } from '../catalogue.ts'

/** Who may sign up, how many devices one may use, and what too many wrong proofs lead to. */
export const policies: Policies = {
  'failure.address_not_allowed': 'Questo indirizzo non può essere usato qui. Usa quello previsto dal servizio o chiedi a chi lo gestisce.',
  'failure.invalid_invitation': 'Questo invito è stato usato o ritirato, oppure è troppo vecchio. Chiedine un altro a chi te lo ha inviato.',
  'failure.invited_has_account': 'Hai già un account. Usalo per accedere.',
  'flow.invalid_invitation.title': 'Questo invito non è più valido',
  'flow.too_many_sessions.title': 'Troppi dispositivi',
  'flow.too_many_sessions.text': 'Hai effettuato l’accesso sul numero massimo di dispositivi. Disconnettine uno, poi accedi qui.',
  'invitation.explanation': 'I nuovi account si creano su invito. Apri il link contenuto nell’email di invito.',
  'terminate_sessions.title': 'Disconnettere altri dispositivi?',
  'terminate_sessions.explanation': 'Hai effettuato l’accesso sul numero massimo di dispositivi. Per accedere qui, verranno disconnessi questi:',
  'terminate_sessions.more': 'Altri dispositivi: {count}',
  'terminate_sessions.facts': '{ip}, ultimo utilizzo: {lastUsed}',
  'terminate_sessions.submit': 'Disconnetti e continua',
  'mail.invitation.subject': 'Hai ricevuto un invito a {brand}',
  'mail.invitation.heading': 'Hai ricevuto un invito',
  'mail.invitation.lead': 'Chi gestisce {brand} ti invita a creare un account con questo indirizzo.',
  'mail.invitation.link': 'Accetta l’invito',
  'mail.invitation.until': 'Valido fino al',
  'mail.invitation.ignore': 'Il link è solo per te: non inoltrarlo. Se non vuoi un account, ignora questo messaggio.',
  'mail.account_locked.subject': 'Troppi tentativi errati per il tuo account {brand}',
  'mail.account_locked.heading': 'Troppi tentativi errati',
  'mail.account_locked.password':
    'Per il tuo account {brand} sono state inserite così tante password errate che per un po’ la password non viene accettata.',
  'mail.account_locked.second_factor':
    'Qualcuno ha superato il primo passaggio dell’accesso al tuo account {brand} e ha inserito così tanti codici errati che per un po’ non ne viene accettato nessuno.',
  'mail.account_locked.one_time_code':
    'Per il tuo account {brand} sono stati inseriti così tanti codici errati che per un po’ i codici che ti inviamo non vengono accettati.',
  'mail.account_locked.next_one_time_code':
    'I dispositivi su cui avevi già effettuato l’accesso non sono interessati. Altrove accedi in un altro modo oppure attendi. Se non si tratta di te, nessuno è entrato.',
  'mail.account_locked.until': 'Fino al',
  'mail.account_locked.next_password':
    'I dispositivi su cui avevi già effettuato l’accesso non sono interessati. Altrove puoi accedere in un altro modo, ad esempio con un codice che ti inviamo, oppure reimpostare la password. Se non si tratta di te, nessuno è entrato.',
  'mail.account_locked.next_second_factor':
    'I dispositivi su cui avevi già effettuato l’accesso non sono interessati. Se non si tratta di te, qualcuno conosce la tua password o legge la tua posta: reimposta subito la password.',
}
