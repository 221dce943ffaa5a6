import type { Messages } from '../catalogue.ts'

/** Mails: subjects, headings and sentences. None tells more than what the reader of the address may know. */
export const messages: Messages = {
  'mail.greeting': 'Bună ziua,',
  'mail.sent_by': 'Trimis de {brand} în urma unei activități legate de această adresă de e-mail. Răspunsurile nu sunt citite.',
  'mail.when': 'Când',
  'mail.device': 'Dispozitiv',
  'mail.ip_address': 'Adresă IP',
  'mail.new_address': 'Adresa nouă',
  'mail.unknown_device': 'un dispozitiv nerecunoscut',
  'mail.unknown_address': 'necunoscută',

  'mail.code_lifetime': 'Poate fi folosit o singură dată, timp de {time}.',
  'mail.code_secrecy': 'Nu dați codul nimănui. Nu îl cerem niciodată prin telefon, chat sau e-mail.',
  'mail.contact_support': 'Contactați asistența',
  'mail.ask_for_help': 'Dacă nu ați fost dvs., anunțați imediat pe cei care administrează {brand}.',
  'mail.reset_password': 'Resetați parola',
  'mail.review_sessions': 'Verificați sesiunile',
  'mail.review_settings': 'Deschideți setările',
  'mail.sign_in': 'Conectare',

  'mail.signup_code.subject': 'Codul pentru crearea contului {brand}',
  'mail.signup_code.heading': 'Confirmați adresa de e-mail',
  'mail.signup_code.lead': 'Bun venit! Pentru a finaliza crearea contului {brand}, introduceți acest cod pe pagina pe care v-ați înregistrat.',
  'mail.signup_code.ignore': 'Dacă nu v-ați înregistrat, ignorați acest e-mail. Fără cod, niciun cont nu este confirmat cu adresa dvs.',

  'mail.login_code.subject': 'Codul pentru conectarea la {brand}',
  'mail.login_code.heading': 'Codul dvs. de conectare',
  'mail.login_code.lead': 'Pentru a vă conecta la {brand}, introduceți acest cod pe pagina pe care l-ați cerut.',
  'mail.login_code.ignore': 'Dacă nu încercați să vă conectați, ignorați acest e-mail. Nimeni nu poate intra fără cod.',

  'mail.recovery_code.subject': 'Codul pentru resetarea parolei {brand}',
  'mail.recovery_code.heading': 'Resetați parola',
  'mail.recovery_code.lead': 'Pentru a alege o parolă nouă pentru contul {brand}, introduceți acest cod pe pagina pe care l-ați cerut.',
  'mail.recovery_code.ignore': 'Dacă nu ați cerut acest lucru, ignorați acest e-mail. Parola rămâne neschimbată.',

  'mail.reauthentication_code.subject': 'Codul pentru confirmarea identității la {brand}',
  'mail.reauthentication_code.heading': 'Confirmați-vă identitatea',
  'mail.reauthentication_code.lead': 'Sunteți pe cale să schimbați ceva important în contul {brand}. Introduceți acest cod pentru a continua.',
  'mail.reauthentication_code.ignore':
    'Dacă nu ați inițiat dvs. această acțiune, este posibil ca altcineva să vă folosească contul. Nu dați codul nimănui și schimbați parola.',

  'mail.second_factor_code.subject': 'Codul pentru al doilea pas la {brand}',
  'mail.second_factor_code.heading': 'Încă un pas',
  'mail.second_factor_code.lead': 'Parola este corectă. Pentru a continua la {brand}, introduceți acest cod pe pagina care îl cere.',
  'mail.second_factor_code.ignore': 'Dacă nu ați introdus parola chiar acum, altcineva o cunoaște. Nu dați codul nimănui și schimbați parola.',

  'mail.email_change_code.subject': 'Codul pentru folosirea acestei adrese la {brand}',
  'mail.email_change_code.heading': 'Confirmați noua adresă de e-mail',
  'mail.email_change_code.lead': 'Pentru a folosi această adresă în contul {brand}, introduceți acest cod pe pagina pe care ați cerut schimbarea.',
  'mail.email_change_code.ignore': 'Dacă nu ați cerut acest lucru, ignorați acest e-mail. Fără cod, adresa dvs. nu este adăugată la niciun cont.',

  'mail.signup_existing_account.subject': 'Aveți deja un cont {brand}',
  'mail.signup_existing_account.heading': 'Aveți deja un cont',
  'mail.signup_existing_account.lead': 'Cineva, probabil dvs., a încercat să creeze un cont {brand} cu această adresă de e-mail. Ea are deja unul.',
  'mail.signup_existing_account.next': 'Vă puteți conecta cu el. Dacă ați uitat parola, alegeți una nouă.',
  'mail.signup_existing_account.ignore': 'Dacă nu ați fost dvs., ignorați acest e-mail. Contul este neschimbat, iar pagina nu a arătat că el există.',

  'mail.email_changed.subject': 'Adresa de e-mail a contului {brand} a fost schimbată',
  'mail.email_changed.heading': 'Adresa dvs. de e-mail a fost schimbată',
  'mail.email_changed.lead': 'Adresa de e-mail a contului {brand} a fost schimbată. Cu cea veche nu vă mai puteți conecta.',
  'mail.email_changed.next': 'Dacă dvs. ați făcut această schimbare, nu trebuie să faceți nimic.',

  'mail.password_changed.subject': 'Parola contului {brand} a fost schimbată',
  'mail.password_changed.heading': 'Parola dvs. a fost schimbată',
  'mail.password_changed.lead': 'Parola contului dvs. {brand} a fost schimbată.',
  'mail.password_changed.next':
    'Dacă dvs. ați făcut această schimbare, nu trebuie să faceți nimic. Dacă nu, resetați parola acum, pentru a bloca accesul celeilalte persoane.',

  'mail.totp_added.subject': 'O aplicație de autentificare a fost adăugată la contul {brand}',
  'mail.totp_added.heading': 'A fost adăugată o aplicație de autentificare',
  'mail.totp_added.lead': 'De acum, conectarea la {brand} cere și un cod din această aplicație.',
  'mail.totp_removed.subject': 'O aplicație de autentificare a fost eliminată din contul {brand}',
  'mail.totp_removed.heading': 'A fost eliminată o aplicație de autentificare',
  'mail.totp_removed.lead': 'Codurile din această aplicație nu mai sunt acceptate la conectarea la {brand}.',
  'mail.recovery_codes_made.subject': 'Coduri de recuperare noi pentru contul {brand}',
  'mail.recovery_codes_made.heading': 'Au fost create coduri de recuperare noi',
  'mail.recovery_codes_made.lead': 'Codurile de recuperare anterioare ale contului {brand} nu mai pot fi folosite.',
  'mail.recovery_code_used.subject': 'Un cod de recuperare al contului {brand} a fost folosit',
  'mail.recovery_code_used.heading': 'A fost folosit un cod de recuperare',
  'mail.recovery_code_used.lead': 'Cineva s-a conectat la {brand} cu unul dintre codurile dvs. de recuperare. Codul nu mai poate fi folosit.',
  'mail.second_factor_changed.next':
    'Dacă ați fost dvs., nu trebuie să faceți nimic. Dacă nu, altcineva este conectat: resetați parola acum și verificați setările.',

  'mail.passkey_created.subject': 'O cheie de acces a fost adăugată la contul {brand}',
  'mail.passkey_created.heading': 'A fost adăugată o cheie de acces',
  'mail.passkey_created.lead': 'De acum, la contul {brand} se poate intra cu o nouă cheie de acces.',
  'mail.passkey_created.next': 'Dacă ați adăugat-o dvs., nu trebuie să faceți nimic. Dacă nu, eliminați-o din setări și resetați parola acum.',
  'mail.passkey_removed.subject': 'O cheie de acces a fost eliminată din contul {brand}',
  'mail.passkey_removed.heading': 'A fost eliminată o cheie de acces',
  'mail.passkey_removed.lead':
    'O cheie de acces a contului {brand} a fost eliminată. Nu mai permite conectarea, iar celelalte dispozitive ale dvs. au fost deconectate.',
  'mail.passkey_removed.next':
    'Dacă ați eliminat-o dvs., nu trebuie să faceți nimic. Dacă nu, resetați parola acum, pentru a bloca accesul celeilalte persoane.',

  'mail.new_sign_in.subject': 'Conectare nouă la contul {brand}',
  'mail.new_sign_in.heading': 'Conectare nouă la contul dvs.',
  'mail.new_sign_in.lead': 'Cineva s-a conectat la contul {brand} de pe un dispozitiv pe care nu l-am mai întâlnit.',
  'mail.new_sign_in.next':
    'Dacă ați fost dvs., nu trebuie să faceți nimic. Dacă nu, resetați parola și închideți sesiunile pe care nu le recunoașteți.',

  'mail.refresh_token_reuse.subject': 'Am închis o sesiune a contului {brand}',
  'mail.refresh_token_reuse.heading': 'Am închis o sesiune pentru a vă proteja',
  'mail.refresh_token_reuse.lead':
    'O cheie care vă păstrează conectarea la {brand} a fost folosită a doua oară. Este posibil să fi fost copiată, așa că am închis acea sesiune.',
  'mail.refresh_token_reuse.next': 'Conectați-vă din nou pentru a continua. Dacă nu recunoașteți dispozitivul de mai jos, resetați și parola.',

  'mail.account_deleted.subject': 'Contul {brand} a fost șters',
  'mail.account_deleted.heading': 'Contul dvs. a fost șters',
  'mail.account_deleted.lead': 'Contul dvs. {brand} a fost șters și toate sesiunile lui s-au încheiat.',
  'mail.account_deleted.next': 'Dacă ați cerut acest lucru, nu trebuie să faceți nimic. Vă mulțumim că ați fost alături de noi.',
}
