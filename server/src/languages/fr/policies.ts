import type { Policies } from '../catalogue.ts'

/** Who may sign up, how many devices one may use, and what too many wrong proofs lead to. */
export const policies: Policies = {
  'failure.address_not_allowed':
    'Cette adresse ne peut pas être utilisée ici. Utilisez celle pour laquelle le service est prévu, ou adressez-vous au responsable de ce service.',
  'failure.invalid_invitation':
    'Cette invitation a été utilisée ou retirée, ou elle est trop ancienne. Demandez-en une autre à la personne qui vous l’a envoyée.',
  'failure.invited_has_account': 'Vous avez déjà un compte. Utilisez-le pour vous connecter.',
  'flow.invalid_invitation.title': 'Cette invitation n’est plus valable',
  'flow.too_many_sessions.title': 'Trop d’appareils',
  'flow.too_many_sessions.text': 'Vous êtes connecté sur le nombre maximal d’appareils. Déconnectez-vous sur l’un d’eux, puis connectez-vous ici.',
  'invitation.explanation': 'Les nouveaux comptes se créent sur invitation. Ouvrez le lien contenu dans l’e-mail d’invitation.',
  'terminate_sessions.title': 'Se déconnecter ailleurs ?',
  'terminate_sessions.explanation': 'Vous êtes connecté sur le nombre maximal d’appareils. Pour vous connecter ici, ceux-ci seront déconnectés :',
  'terminate_sessions.more': 'Autres appareils : {count}',
  'terminate_sessions.facts': '{ip}, dernière utilisation : {lastUsed}',
  'terminate_sessions.submit': 'Déconnecter et continuer',
  'mail.invitation.subject': 'Vous avez reçu une invitation pour {brand}',
  'mail.invitation.heading': 'Vous avez reçu une invitation',
  'mail.invitation.lead': 'Le responsable de {brand} vous invite à créer un compte avec cette adresse.',
  'mail.invitation.link': 'Accepter l’invitation',
  'mail.invitation.until': 'Valable jusqu’au',
  'mail.invitation.ignore': 'Ce lien n’est que pour vous : ne le transmettez pas. Si vous ne voulez pas de compte, ignorez ce message.',
  'mail.account_locked.subject': 'Trop de tentatives erronées sur votre compte {brand}',
  'mail.account_locked.heading': 'Trop de tentatives erronées',
  'mail.account_locked.password':
    'Tant de mots de passe erronés ont été saisis pour votre compte {brand} que le mot de passe n’est plus accepté pendant un certain temps.',
  'mail.account_locked.second_factor':
    'Quelqu’un a franchi la première étape de la connexion à votre compte {brand}, puis a saisi tant de codes erronés qu’aucun n’est plus accepté pendant un certain temps.',
  'mail.account_locked.one_time_code':
    'Tant de codes erronés ont été saisis pour votre compte {brand} que les codes que nous vous envoyons ne sont plus acceptés pendant un certain temps.',
  'mail.account_locked.next_one_time_code':
    'Les appareils sur lesquels vous vous êtes déjà connecté ne sont pas concernés. Ailleurs, connectez-vous autrement ou patientez. Si ce n’était pas vous, personne n’est entré.',
  'mail.account_locked.until': 'Jusqu’au',
  'mail.account_locked.next_password':
    'Les appareils sur lesquels vous vous êtes déjà connecté ne sont pas concernés. Ailleurs, vous pouvez vous connecter autrement, par exemple avec un code que nous vous envoyons, ou réinitialiser votre mot de passe. Si ce n’était pas vous, personne n’est entré.',
  'mail.account_locked.next_second_factor':
    'Les appareils sur lesquels vous vous êtes déjà connecté ne sont pas concernés. Si ce n’était pas vous, quelqu’un connaît votre mot de passe ou lit vos e-mails : réinitialisez votre mot de passe dès maintenant.',
}
