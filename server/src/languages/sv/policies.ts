import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Adressen kan inte användas här. Använd den adress som tjänsten är avsedd för, eller fråga den som driver den.',
  'failure.invalid_invitation': 'Inbjudan är använd, återkallad eller för gammal. Be den som bjöd in dig om en ny.',
  'failure.invited_has_account': 'Du har redan ett konto. Logga in med det.',
  'flow.invalid_invitation.title': 'Inbjudan gäller inte längre',
  'flow.too_many_sessions.title': 'För många enheter',
  'flow.too_many_sessions.text': 'Du är inloggad på så många enheter som du får. Logga ut på någon av dem och logga sedan in här.',
  'invitation.explanation': 'Nya konton kräver en inbjudan. Öppna länken i mejlet som bjöd in dig.',
  'terminate_sessions.title': 'Logga ut på andra ställen?',
  'terminate_sessions.explanation': 'Du är inloggad på så många enheter som du får. För att du ska kunna logga in här loggas dessa ut:',
  'terminate_sessions.more': 'Andra enheter: {count}',
  'terminate_sessions.facts': '{ip}, senast använd {lastUsed}',
  'terminate_sessions.submit': 'Logga ut dem och fortsätt',
  'mail.invitation.subject': 'Du är inbjuden till {brand}',
  'mail.invitation.heading': 'Du är inbjuden',
  'mail.invitation.lead': 'Den som driver {brand} bjuder in dig att skapa ett konto för den här adressen.',
  'mail.invitation.link': 'Tacka ja till inbjudan',
  'mail.invitation.until': 'Gäller till',
  'mail.invitation.ignore': 'Länken är bara för dig: lämna den inte vidare. Om du inte vill ha något konto kan du bortse från meddelandet.',
  'mail.account_locked.subject': 'För många misslyckade försök på ditt konto hos {brand}',
  'mail.account_locked.heading': 'Någon försökte för många gånger',
  'mail.account_locked.password': 'Så många felaktiga lösenord har angetts för ditt konto hos {brand} att lösenordet inte godtas på ett tag.',
  'mail.account_locked.second_factor': 'Någon som klarade det första steget av inloggningen på ditt konto hos {brand} angav så många felaktiga koder att ingen godtas på ett tag.',
  'mail.account_locked.one_time_code':
    'Så många felaktiga koder har angetts för ditt konto hos {brand} att koder som skickas till dig inte godtas på ett tag.',
  'mail.account_locked.next_one_time_code':
    'Enheter som du har loggat in på tidigare påverkas inte. På andra enheter kan du logga in på ett annat sätt eller vänta. Om det inte var du så kom ingen in.',
  'mail.account_locked.until': 'Till',
  'mail.account_locked.next_password':
    'Enheter som du har loggat in på tidigare påverkas inte. På andra enheter kan du logga in på ett annat sätt, till exempel med en kod som skickas till dig, eller återställa lösenordet. Om det inte var du så kom ingen in.',
  'mail.account_locked.next_second_factor':
    'Enheter som du har loggat in på tidigare påverkas inte. Om det inte var du är det någon som kan ditt lösenord eller läser din e-post: återställ lösenordet nu.',
}
