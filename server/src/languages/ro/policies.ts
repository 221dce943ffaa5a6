import type { Policies } from '../catalogue.ts'

/** Who may sign up, how many devices one may use, and what too many wrong proofs lead to. */
export const policies: Policies = {
  'failure.address_not_allowed':
    'Această adresă nu poate fi folosită aici. Folosiți-o pe cea pentru care a fost configurat serviciul sau întrebați pe cei care îl administrează.',
  'failure.invalid_invitation': 'Această invitație a fost folosită sau retrasă ori este prea veche. Cereți alta de la cine v-a trimis-o.',
  'failure.invited_has_account': 'Aveți deja un cont. Conectați-vă cu el.',
  'flow.invalid_invitation.title': 'Această invitație nu mai este valabilă',
  'flow.too_many_sessions.title': 'Prea multe dispozitive',
  'flow.too_many_sessions.text': 'V-ați conectat pe numărul maxim de dispozitive. Deconectați-vă pe unul dintre ele, apoi conectați-vă aici.',
  'invitation.explanation': 'Conturile noi se creează pe bază de invitație. Deschideți linkul din e-mailul de invitație.',
  'terminate_sessions.title': 'Deconectați alte dispozitive?',
  'terminate_sessions.explanation': 'V-ați conectat pe numărul maxim de dispozitive. Pentru a vă conecta aici, acestea vor fi deconectate:',
  'terminate_sessions.more': 'Alte dispozitive: {count}',
  'terminate_sessions.facts': '{ip}, ultima folosire: {lastUsed}',
  'terminate_sessions.submit': 'Deconectați și continuați',
  'mail.invitation.subject': 'Ați primit o invitație la {brand}',
  'mail.invitation.heading': 'Ați primit o invitație',
  'mail.invitation.lead': 'Cei care administrează {brand} vă invită să creați un cont cu această adresă.',
  'mail.invitation.link': 'Acceptați invitația',
  'mail.invitation.until': 'Valabilă până la',
  'mail.invitation.ignore': 'Linkul este doar pentru dvs.: nu îl dați nimănui. Dacă nu doriți un cont, ignorați acest mesaj.',
  'mail.account_locked.subject': 'Prea multe încercări greșite la contul {brand}',
  'mail.account_locked.heading': 'Prea multe încercări greșite',
  'mail.account_locked.password': 'Pentru contul {brand} s-au introdus atâtea parole greșite, încât parola nu este acceptată o vreme.',
  'mail.account_locked.second_factor':
    'Cineva a trecut de primul pas al conectării la contul {brand} și a introdus atâtea coduri greșite, încât niciunul nu este acceptat o vreme.',
  'mail.account_locked.one_time_code':
    'Pentru contul {brand} s-au introdus atâtea coduri greșite, încât codurile pe care vi le trimitem nu sunt acceptate o vreme.',
  'mail.account_locked.next_one_time_code':
    'Dispozitivele pe care v-ați mai conectat nu sunt afectate. Pe altele conectați-vă în alt mod sau așteptați. Dacă nu ați fost dvs., nimeni nu a intrat.',
  'mail.account_locked.until': 'Până la',
  'mail.account_locked.next_password':
    'Dispozitivele pe care v-ați mai conectat nu sunt afectate. Pe altele vă puteți conecta în alt mod, de exemplu cu un cod pe care vi-l trimitem, sau puteți reseta parola. Dacă nu ați fost dvs., nimeni nu a intrat.',
  'mail.account_locked.next_second_factor':
    'Dispozitivele pe care v-ați mai conectat nu sunt afectate. Dacă nu ați fost dvs., cineva vă cunoaște parola sau vă citește e-mailurile: resetați parola acum.',
}
