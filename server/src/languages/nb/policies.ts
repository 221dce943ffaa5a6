import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Adressen kan ikke brukes her. Bruk den som tjenesten er satt opp for, eller spør dem som driver den.',
  'failure.invalid_invitation': 'Invitasjonen er brukt, trukket tilbake eller for gammel. Be den som inviterte deg, om en ny.',
  'failure.invited_has_account': 'Du har allerede en konto. Logg inn med den.',
  'flow.invalid_invitation.title': 'Invitasjonen gjelder ikke lenger',
  'flow.too_many_sessions.title': 'For mange enheter',
  'flow.too_many_sessions.text': 'Du er logget inn på så mange enheter som du kan. Logg ut på en av dem, og logg så inn her.',
  'invitation.explanation': 'Nye kontoer krever en invitasjon. Åpne lenken i e-posten som inviterte deg.',
  'terminate_sessions.title': 'Vil du logge ut andre steder?',
  'terminate_sessions.explanation': 'Du er logget inn på så mange enheter som du kan. For at du skal kunne logge inn her, blir disse logget ut:',
  'terminate_sessions.more': 'Andre enheter: {count}',
  'terminate_sessions.facts': '{ip}, sist brukt {lastUsed}',
  'terminate_sessions.submit': 'Logg dem ut og fortsett',
  'mail.invitation.subject': 'Du er invitert til {brand}',
  'mail.invitation.heading': 'Du er invitert',
  'mail.invitation.lead': 'De som driver {brand}, inviterer deg til å opprette en konto for denne adressen.',
  'mail.invitation.link': 'Ta imot invitasjonen',
  'mail.invitation.until': 'Gjelder til',
  'mail.invitation.ignore': 'Lenken er bare for deg: Ikke gi den videre. Hvis du ikke vil ha en konto, kan du se bort fra denne meldingen.',
  'mail.account_locked.subject': 'For mange feil forsøk på kontoen din hos {brand}',
  'mail.account_locked.heading': 'Noen prøvde for mange ganger',
  'mail.account_locked.password': 'Det er skrevet inn så mange feil passord for kontoen din hos {brand} at passordet ikke godtas på en stund.',
  'mail.account_locked.second_factor': 'Noen som kom gjennom det første trinnet i innloggingen på kontoen din hos {brand}, har skrevet inn så mange feil koder at ingen godtas på en stund.',
  'mail.account_locked.one_time_code':
    'Det er skrevet inn så mange feil koder for kontoen din hos {brand} at koder som sendes til deg, ikke godtas på en stund.',
  'mail.account_locked.next_one_time_code':
    'Enheter du har logget inn på før, berøres ikke. Andre steder kan du logge inn på en annen måte eller vente. Hvis det ikke var deg, er det ingen som har kommet inn.',
  'mail.account_locked.until': 'Til',
  'mail.account_locked.next_password':
    'Enheter du har logget inn på før, berøres ikke. Andre steder kan du logge inn på en annen måte, for eksempel med en kode som sendes til deg, eller tilbakestille passordet. Hvis det ikke var deg, er det ingen som har kommet inn.',
  'mail.account_locked.next_second_factor':
    'Enheter du har logget inn på før, berøres ikke. Hvis det ikke var deg, er det noen som kjenner passordet ditt eller leser e-posten din: Tilbakestill passordet nå.',
}
