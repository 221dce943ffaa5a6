import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Tätä osoitetta ei voi käyttää täällä. Käytä osoitetta, jolle palvelu on tarkoitettu, tai kysy palvelun ylläpidolta.',
  'failure.invalid_invitation': 'Kutsu on käytetty, peruttu tai liian vanha. Pyydä uusi kutsujaltasi.',
  'failure.invited_has_account': 'Sinulla on jo tili. Kirjaudu sillä.',
  'flow.invalid_invitation.title': 'Kutsu ei ole enää voimassa',
  'flow.too_many_sessions.title': 'Liian monta laitetta',
  'flow.too_many_sessions.text': 'Olet kirjautuneena niin monella laitteella kuin on sallittu. Kirjaudu ulos yhdellä niistä ja kirjaudu sitten täällä.',
  'invitation.explanation': 'Uuden tilin voi luoda vain kutsusta. Avaa linkki sähköpostissa, jolla sinut kutsuttiin.',
  'terminate_sessions.title': 'Kirjaudutaanko ulos muualta?',
  'terminate_sessions.explanation': 'Olet kirjautuneena niin monella laitteella kuin on sallittu. Jotta voit kirjautua täällä, nämä kirjataan ulos:',
  'terminate_sessions.more': 'Muita laitteita: {count}',
  'terminate_sessions.facts': '{ip}, viimeksi käytetty {lastUsed}',
  'terminate_sessions.submit': 'Kirjaa ulos ja jatka',
  'mail.invitation.subject': 'Sinut on kutsuttu {brand}-palveluun',
  'mail.invitation.heading': 'Sinut on kutsuttu',
  'mail.invitation.lead': '{brand}-palvelun ylläpito kutsuu sinut luomaan tilin tälle osoitteelle.',
  'mail.invitation.link': 'Hyväksy kutsu',
  'mail.invitation.until': 'Vanhenee',
  'mail.invitation.ignore': 'Linkki on vain sinulle: älä anna sitä eteenpäin. Jos et halua tiliä, voit jättää tämän viestin huomiotta.',
  'mail.account_locked.subject': 'Liian monta väärää yritystä {brand}-tilillesi',
  'mail.account_locked.heading': 'Joku yritti liian monta kertaa',
  'mail.account_locked.password': '{brand}-tilillesi on annettu niin monta väärää salasanaa, ettei sen salasanaa hyväksytä vähään aikaan.',
  'mail.account_locked.second_factor': 'Joku, joka läpäisi {brand}-tilillesi kirjautumisen ensimmäisen vaiheen, antoi niin monta väärää koodia, ettei yhtäkään hyväksytä vähään aikaan.',
  'mail.account_locked.one_time_code':
    '{brand}-tilillesi on annettu niin monta väärää koodia, ettei sinulle lähetettyjä koodeja hyväksytä vähään aikaan.',
  'mail.account_locked.next_one_time_code':
    'Tämä ei koske laitteita, joilla olet kirjautunut aiemmin. Muualla kirjaudu toisella tavalla tai odota. Jos se et ollut sinä, kukaan ei päässyt sisään.',
  'mail.account_locked.until': 'Päättyy',
  'mail.account_locked.next_password':
    'Tämä ei koske laitteita, joilla olet kirjautunut aiemmin. Muualla voit kirjautua toisella tavalla, esimerkiksi sinulle lähetettävällä koodilla, tai nollata salasanasi. Jos se et ollut sinä, kukaan ei päässyt sisään.',
  'mail.account_locked.next_second_factor':
    'Tämä ei koske laitteita, joilla olet kirjautunut aiemmin. Jos se et ollut sinä, joku tietää salasanasi tai lukee sähköpostiasi: nollaa salasanasi nyt.',
}
