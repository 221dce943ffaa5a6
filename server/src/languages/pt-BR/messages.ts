import type { Messages } from '../catalogue.ts'

/** Mails: subjects, headings and sentences. None tells more than what the reader of the address may know. */
export const messages: Messages = {
  'mail.greeting': 'Olá,',
  'mail.sent_by': 'Enviado por {brand} por causa de algo que aconteceu com este endereço de e-mail. Ninguém lê as respostas a esta mensagem.',
  'mail.when': 'Quando',
  'mail.device': 'Dispositivo',
  'mail.ip_address': 'Endereço IP',
  'mail.new_address': 'Novo endereço',
  'mail.unknown_device': 'um dispositivo não reconhecido',
  'mail.unknown_address': 'desconhecido',

  'mail.code_lifetime': 'Ele funciona uma só vez, por {time}.',
  'mail.code_secrecy': 'Não compartilhe o código. Nunca o pedimos por telefone, chat ou e-mail.',
  'mail.contact_support': 'Falar com o suporte',
  'mail.ask_for_help': 'Se não foi você, avise imediatamente quem administra {brand}.',
  'mail.reset_password': 'Redefinir a senha',
  'mail.review_sessions': 'Revisar suas sessões',
  'mail.review_settings': 'Abrir configurações',
  'mail.sign_in': 'Entrar',

  'mail.signup_code.subject': 'Seu código para criar sua conta {brand}',
  'mail.signup_code.heading': 'Confirme seu e-mail',
  'mail.signup_code.lead': 'Boas-vindas! Para terminar de criar sua conta {brand}, digite este código na página em que você se cadastrou.',
  'mail.signup_code.ignore': 'Se você não se cadastrou, ignore este e-mail. Sem o código, nenhuma conta é confirmada com seu endereço.',

  'mail.login_code.subject': 'Seu código para entrar em {brand}',
  'mail.login_code.heading': 'Seu código de acesso',
  'mail.login_code.lead': 'Para entrar em {brand}, digite este código na página em que você o pediu.',
  'mail.login_code.ignore': 'Se você não está tentando entrar, ignore este e-mail. Ninguém entra sem o código.',

  'mail.recovery_code.subject': 'Seu código para redefinir a senha de {brand}',
  'mail.recovery_code.heading': 'Redefina sua senha',
  'mail.recovery_code.lead': 'Para escolher uma nova senha para sua conta {brand}, digite este código na página em que você o pediu.',
  'mail.recovery_code.ignore': 'Se você não pediu isso, ignore este e-mail. Sua senha continua a mesma.',

  'mail.reauthentication_code.subject': 'Seu código para confirmar sua identidade em {brand}',
  'mail.reauthentication_code.heading': 'Confirme que é você',
  'mail.reauthentication_code.lead': 'Você está prestes a alterar algo importante na sua conta {brand}. Digite este código para continuar.',
  'mail.reauthentication_code.ignore':
    'Se não foi você que iniciou isso, outra pessoa pode estar usando sua conta. Não compartilhe o código e altere sua senha.',

  'mail.second_factor_code.subject': 'Seu código para a segunda etapa em {brand}',
  'mail.second_factor_code.heading': 'Mais uma etapa',
  'mail.second_factor_code.lead': 'Sua senha está correta. Para continuar em {brand}, digite este código na página em que ele foi pedido.',
  'mail.second_factor_code.ignore': 'Se você não acabou de digitar sua senha, outra pessoa a conhece. Não compartilhe o código e altere sua senha.',

  'mail.email_change_code.subject': 'Seu código para usar este endereço em {brand}',
  'mail.email_change_code.heading': 'Confirme seu novo e-mail',
  'mail.email_change_code.lead': 'Para usar este endereço na sua conta {brand}, digite este código na página em que você pediu a alteração.',
  'mail.email_change_code.ignore': 'Se você não pediu isso, ignore este e-mail. Sem o código, seu endereço não é adicionado a nenhuma conta.',

  'mail.signup_existing_account.subject': 'Você já tem uma conta {brand}',
  'mail.signup_existing_account.heading': 'Você já tem uma conta',
  'mail.signup_existing_account.lead': 'Alguém, provavelmente você, tentou criar uma conta {brand} com este e-mail. Ele já tem uma.',
  'mail.signup_existing_account.next': 'Você pode entrar com ela. Se esqueceu a senha, escolha uma nova.',
  'mail.signup_existing_account.ignore': 'Se não foi você, ignore este e-mail. Sua conta não foi alterada, e a página não informou que ela existe.',

  'mail.email_changed.subject': 'O e-mail da sua conta {brand} foi alterado',
  'mail.email_changed.heading': 'Seu e-mail foi alterado',
  'mail.email_changed.lead': 'O endereço de e-mail da sua conta {brand} foi alterado. Não é mais possível entrar com o anterior.',
  'mail.email_changed.next': 'Se foi você que fez essa alteração, não é preciso fazer nada.',

  'mail.password_changed.subject': 'A senha da sua conta {brand} foi alterada',
  'mail.password_changed.heading': 'Sua senha foi alterada',
  'mail.password_changed.lead': 'A senha da sua conta {brand} foi alterada.',
  'mail.password_changed.next':
    'Se foi você que fez essa alteração, não é preciso fazer nada. Se não, redefina sua senha agora para impedir o acesso da outra pessoa.',

  'mail.totp_added.subject': 'Um app autenticador foi adicionado à sua conta {brand}',
  'mail.totp_added.heading': 'Um app autenticador foi adicionado',
  'mail.totp_added.lead': 'A partir de agora, entrar em {brand} também exige um código deste app.',
  'mail.totp_removed.subject': 'Um app autenticador foi removido da sua conta {brand}',
  'mail.totp_removed.heading': 'Um app autenticador foi removido',
  'mail.totp_removed.lead': 'Os códigos deste app não valem mais para entrar em {brand}.',
  'mail.recovery_codes_made.subject': 'Novos códigos de recuperação para sua conta {brand}',
  'mail.recovery_codes_made.heading': 'Novos códigos de recuperação foram gerados',
  'mail.recovery_codes_made.lead': 'Os códigos de recuperação anteriores da sua conta {brand} não podem mais ser usados.',
  'mail.recovery_code_used.subject': 'Um código de recuperação da sua conta {brand} foi usado',
  'mail.recovery_code_used.heading': 'Um código de recuperação foi usado',
  'mail.recovery_code_used.lead': 'Alguém entrou em {brand} com um dos seus códigos de recuperação. Ele não pode ser usado de novo.',
  'mail.second_factor_changed.next':
    'Se foi você, não é preciso fazer nada. Se não, outra pessoa entrou na sua conta: redefina sua senha agora e verifique suas configurações.',

  'mail.passkey_created.subject': 'Uma chave de acesso foi adicionada à sua conta {brand}',
  'mail.passkey_created.heading': 'Uma chave de acesso foi adicionada',
  'mail.passkey_created.lead': 'Agora é possível entrar na sua conta {brand} com uma nova chave de acesso.',
  'mail.passkey_created.next':
    'Se foi você que a adicionou, não é preciso fazer nada. Se não, remova-a nas configurações e redefina sua senha agora.',
  'mail.passkey_removed.subject': 'Uma chave de acesso foi removida da sua conta {brand}',
  'mail.passkey_removed.heading': 'Uma chave de acesso foi removida',
  'mail.passkey_removed.lead':
    'Uma chave de acesso da sua conta {brand} foi removida. Não é mais possível entrar com ela, e seus outros dispositivos foram desconectados.',
  'mail.passkey_removed.next':
    'Se foi você que a removeu, não é preciso fazer nada. Se não, redefina sua senha agora para impedir o acesso da outra pessoa.',

  'mail.new_sign_in.subject': 'Novo acesso à sua conta {brand}',
  'mail.new_sign_in.heading': 'Novo acesso à sua conta',
  'mail.new_sign_in.lead': 'Houve um acesso à sua conta {brand} em um dispositivo que ainda não conhecíamos.',
  'mail.new_sign_in.next': 'Se foi você, não é preciso fazer nada. Se não, redefina sua senha e encerre as sessões que você não reconhece.',

  'mail.refresh_token_reuse.subject': 'Encerramos uma sessão da sua conta {brand}',
  'mail.refresh_token_reuse.heading': 'Encerramos uma sessão para proteger você',
  'mail.refresh_token_reuse.lead':
    'Uma chave que mantém sua sessão em {brand} foi usada uma segunda vez. Isso pode significar que ela foi copiada, por isso encerramos essa sessão.',
  'mail.refresh_token_reuse.next': 'Entre de novo para continuar. Se você não reconhece o dispositivo abaixo, redefina também sua senha.',

  'mail.account_deleted.subject': 'Sua conta {brand} foi excluída',
  'mail.account_deleted.heading': 'Sua conta foi excluída',
  'mail.account_deleted.lead': 'Sua conta {brand} foi excluída, e todas as sessões dela foram encerradas.',
  'mail.account_deleted.next': 'Se foi você que pediu isso, não é preciso fazer nada. Agradecemos por ter estado conosco.',
}
