import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Hei!',
  'mail.sent_by': 'Lähettäjä on {brand}, ja syynä on tapahtuma, joka liittyy tähän sähköpostiosoitteeseen. Viestiin lähetettyjä vastauksia ei lueta.',
  'mail.when': 'Aika',
  'mail.device': 'Laite',
  'mail.ip_address': 'IP-osoite',
  'mail.new_address': 'Uusi osoite',
  'mail.unknown_device': 'tuntematon laite',
  'mail.unknown_address': 'tuntematon',

  'mail.code_lifetime': 'Koodi toimii kerran. Voimassaoloaika: {time}.',
  'mail.code_secrecy': 'Pidä koodi omana tietonasi. Emme koskaan pyydä sitä puhelimessa, chatissa tai sähköpostissa.',
  'mail.contact_support': 'Ota yhteyttä tukeen',
  'mail.ask_for_help': 'Jos se et ollut sinä, ilmoita asiasta heti {brand}-palvelun ylläpidolle.',
  'mail.reset_password': 'Nollaa salasanasi',
  'mail.review_sessions': 'Tarkista istuntosi',
  'mail.review_settings': 'Avaa asetuksesi',
  'mail.sign_in': 'Kirjaudu sisään',

  'mail.signup_code.subject': 'Koodisi {brand}-tilin luomiseen',
  'mail.signup_code.heading': 'Vahvista sähköpostiosoitteesi',
  'mail.signup_code.lead': 'Tervetuloa! Viimeistele {brand}-tilisi antamalla tämä koodi sivulla, jolla aloit luoda tiliä.',
  'mail.signup_code.ignore': 'Jos et ollut luomassa tiliä, voit jättää tämän viestin huomiotta. Ilman koodia osoitteellesi ei vahvisteta tiliä.',

  'mail.login_code.subject': 'Koodisi {brand}-palveluun kirjautumiseen',
  'mail.login_code.heading': 'Kirjautumiskoodisi',
  'mail.login_code.lead': 'Kirjaudu {brand}-palveluun antamalla tämä koodi sivulla, jolla pyysit sen.',
  'mail.login_code.ignore': 'Jos et ole kirjautumassa, voit jättää tämän viestin huomiotta. Kukaan ei pääse sisään ilman koodia.',

  'mail.recovery_code.subject': 'Koodisi {brand}-salasanan nollaamiseen',
  'mail.recovery_code.heading': 'Nollaa salasanasi',
  'mail.recovery_code.lead': 'Valitse {brand}-tilillesi uusi salasana antamalla tämä koodi sivulla, jolla pyysit sen.',
  'mail.recovery_code.ignore': 'Jos et pyytänyt tätä, voit jättää tämän viestin huomiotta. Salasanasi pysyy ennallaan.',

  'mail.reauthentication_code.subject': 'Koodisi sen vahvistamiseen, että se olet sinä ({brand})',
  'mail.reauthentication_code.heading': 'Vahvista, että se olet sinä',
  'mail.reauthentication_code.lead': 'Olet muuttamassa jotain tärkeää {brand}-tililläsi. Jatka antamalla tämä koodi.',
  'mail.reauthentication_code.ignore':
    'Jos et aloittanut tätä, joku muu saattaa käyttää tiliäsi. Älä anna koodia eteenpäin ja vaihda salasanasi.',

  'mail.second_factor_code.subject': 'Koodisi kirjautumisen toiseen vaiheeseen ({brand})',
  'mail.second_factor_code.heading': 'Vielä yksi vaihe',
  'mail.second_factor_code.lead': 'Salasana oli oikein. Jatka {brand}-palveluun antamalla tämä koodi sivulla, joka pyysi sitä.',
  'mail.second_factor_code.ignore':
    'Jos et juuri antanut salasanaasi, joku muu tietää sen. Älä anna koodia eteenpäin ja vaihda salasanasi.',

  'mail.email_change_code.subject': 'Koodisi tämän osoitteen käyttämiseen {brand}-tilillä',
  'mail.email_change_code.heading': 'Vahvista uusi sähköpostiosoitteesi',
  'mail.email_change_code.lead': 'Ota tämä osoite käyttöön {brand}-tililläsi antamalla tämä koodi sivulla, jolla pyysit muutosta.',
  'mail.email_change_code.ignore': 'Jos et pyytänyt tätä, voit jättää tämän viestin huomiotta. Ilman koodia osoitettasi ei lisätä millekään tilille.',

  'mail.signup_existing_account.subject': 'Sinulla on jo {brand}-tili',
  'mail.signup_existing_account.heading': 'Sinulla on jo tili',
  'mail.signup_existing_account.lead':
    'Joku, todennäköisesti sinä, yritti luoda {brand}-tilin tällä sähköpostiosoitteella. Osoitteella on jo tili.',
  'mail.signup_existing_account.next': 'Voit kirjautua sillä. Jos unohdit salasanan, valitse uusi.',
  'mail.signup_existing_account.ignore':
    'Jos se et ollut sinä, voit jättää tämän viestin huomiotta. Tilisi on ennallaan, eikä sivu kertonut, että se on olemassa.',

  'mail.email_changed.subject': '{brand}-tilisi sähköpostiosoite on vaihdettu',
  'mail.email_changed.heading': 'Sähköpostiosoitteesi on vaihdettu',
  'mail.email_changed.lead': '{brand}-tilisi sähköpostiosoite on vaihdettu. Vanhalla osoitteella ei voi enää kirjautua tilille.',
  'mail.email_changed.next': 'Jos vaihdoit sen itse, sinun ei tarvitse tehdä mitään.',

  'mail.password_changed.subject': '{brand}-salasanasi on vaihdettu',
  'mail.password_changed.heading': 'Salasanasi on vaihdettu',
  'mail.password_changed.lead': '{brand}-tilisi salasana on vaihdettu.',
  'mail.password_changed.next':
    'Jos vaihdoit sen itse, sinun ei tarvitse tehdä mitään. Jos et, nollaa salasanasi nyt, niin toinen ei enää pääse tilillesi.',

  'mail.totp_added.subject': '{brand}-tilillesi on lisätty todennussovellus',
  'mail.totp_added.heading': 'Todennussovellus on lisätty',
  'mail.totp_added.lead': 'Tästä lähtien {brand}-palveluun kirjauduttaessa kysytään myös tämän sovelluksen koodia.',
  'mail.totp_removed.subject': '{brand}-tililtäsi on poistettu todennussovellus',
  'mail.totp_removed.heading': 'Todennussovellus on poistettu',
  'mail.totp_removed.lead': 'Tämän sovelluksen koodit eivät enää kelpaa {brand}-palveluun kirjauduttaessa.',
  'mail.recovery_codes_made.subject': 'Uudet palautuskoodit {brand}-tilillesi',
  'mail.recovery_codes_made.heading': 'Uudet palautuskoodit on luotu',
  'mail.recovery_codes_made.lead': '{brand}-tilisi aiempia palautuskoodeja ei voi enää käyttää.',
  'mail.recovery_code_used.subject': '{brand}-tilisi palautuskoodi on käytetty',
  'mail.recovery_code_used.heading': 'Palautuskoodi on käytetty',
  'mail.recovery_code_used.lead': 'Joku kirjautui {brand}-palveluun yhdellä palautuskoodeistasi. Koodia ei voi käyttää uudelleen.',
  'mail.second_factor_changed.next':
    'Jos se olit sinä, sinun ei tarvitse tehdä mitään. Jos et, joku muu on kirjautuneena: nollaa salasanasi nyt ja tarkista asetuksesi.',

  'mail.passkey_created.subject': '{brand}-tilillesi on lisätty pääsyavain',
  'mail.passkey_created.heading': 'Pääsyavain on lisätty',
  'mail.passkey_created.lead': '{brand}-tilillesi voi nyt kirjautua uudella pääsyavaimella.',
  'mail.passkey_created.next': 'Jos lisäsit sen itse, sinun ei tarvitse tehdä mitään. Jos et, poista se asetuksistasi ja nollaa salasanasi nyt.',
  'mail.passkey_removed.subject': '{brand}-tililtäsi on poistettu pääsyavain',
  'mail.passkey_removed.heading': 'Pääsyavain on poistettu',
  'mail.passkey_removed.lead':
    '{brand}-tililtäsi on poistettu pääsyavain. Sillä ei voi enää kirjautua, ja muut laitteesi on kirjattu ulos.',
  'mail.passkey_removed.next': 'Jos poistit sen itse, sinun ei tarvitse tehdä mitään. Jos et, nollaa salasanasi nyt, niin toinen ei enää pääse tilillesi.',

  'mail.new_sign_in.subject': 'Uusi kirjautuminen {brand}-tilillesi',
  'mail.new_sign_in.heading': 'Uusi kirjautuminen tilillesi',
  'mail.new_sign_in.lead': '{brand}-tilillesi kirjauduttiin laitteella, jota emme ole nähneet aiemmin.',
  'mail.new_sign_in.next': 'Jos se olit sinä, sinun ei tarvitse tehdä mitään. Jos et, nollaa salasanasi ja lopeta istunnot, joita et tunne.',

  'mail.refresh_token_reuse.subject': 'Lopetimme {brand}-tilisi istunnon',
  'mail.refresh_token_reuse.heading': 'Lopetimme istunnon suojataksemme sinua',
  'mail.refresh_token_reuse.lead':
    'Avainta, joka pitää sinut kirjautuneena {brand}-palveluun, käytettiin toisen kerran. Se voi tarkoittaa, että avain on kopioitu, joten lopetimme kyseisen istunnon.',
  'mail.refresh_token_reuse.next': 'Jatka kirjautumalla uudelleen. Jos et tunne alla olevaa laitetta, nollaa myös salasanasi.',

  'mail.account_deleted.subject': '{brand}-tilisi on poistettu',
  'mail.account_deleted.heading': 'Tilisi on poistettu',
  'mail.account_deleted.lead': '{brand}-tilisi on poistettu, ja kaikki sen istunnot on lopetettu.',
  'mail.account_deleted.next': 'Jos pyysit tätä, sinun ei tarvitse tehdä mitään. Kiitos, että olit kanssamme.',
}
