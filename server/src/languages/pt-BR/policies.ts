import type { Policies } from '../catalogue.ts'

/** Who may sign up, how many devices one may use, and what too many wrong proofs lead to. */
export const policies: Policies = {
  'failure.address_not_allowed':
    'Este endereço não pode ser usado aqui. Use aquele para o qual o serviço foi configurado ou fale com quem o administra.',
  'failure.invalid_invitation': 'Este convite já foi usado, foi cancelado ou é antigo demais. Peça outro a quem convidou você.',
  'failure.invited_has_account': 'Você já tem uma conta. Entre com ela.',
  'flow.invalid_invitation.title': 'Este convite não vale mais',
  'flow.too_many_sessions.title': 'Dispositivos demais',
  'flow.too_many_sessions.text': 'Sua conta está aberta no número máximo de dispositivos. Saia em um deles e depois entre aqui.',
  'invitation.explanation': 'Novas contas são criadas por convite. Abra o link do e-mail de convite.',
  'terminate_sessions.title': 'Sair em outros dispositivos?',
  'terminate_sessions.explanation': 'Sua conta está aberta no número máximo de dispositivos. Para entrar aqui, estes serão desconectados:',
  'terminate_sessions.more': 'Outros dispositivos: {count}',
  'terminate_sessions.facts': '{ip}, último uso: {lastUsed}',
  'terminate_sessions.submit': 'Desconectar e continuar',
  'mail.invitation.subject': 'Você recebeu um convite para {brand}',
  'mail.invitation.heading': 'Você recebeu um convite',
  'mail.invitation.lead': 'Quem administra {brand} convida você a criar uma conta com este endereço.',
  'mail.invitation.link': 'Aceitar o convite',
  'mail.invitation.until': 'Válido até',
  'mail.invitation.ignore': 'O link é só seu: não o compartilhe. Se você não quer uma conta, ignore esta mensagem.',
  'mail.account_locked.subject': 'Tentativas erradas demais na sua conta {brand}',
  'mail.account_locked.heading': 'Tentativas erradas demais',
  'mail.account_locked.password': 'Foram digitadas tantas senhas erradas para sua conta {brand} que a senha não será aceita por algum tempo.',
  'mail.account_locked.second_factor':
    'Alguém que passou pela primeira etapa para entrar na sua conta {brand} digitou tantos códigos errados que nenhum será aceito por algum tempo.',
  'mail.account_locked.one_time_code':
    'Foram digitados tantos códigos errados para sua conta {brand} que os códigos enviados a você não serão aceitos por algum tempo.',
  'mail.account_locked.next_one_time_code':
    'Os dispositivos em que você já entrou antes não são afetados. Nos demais, entre de outra forma ou aguarde. Se não foi você, ninguém entrou.',
  'mail.account_locked.until': 'Até',
  'mail.account_locked.next_password':
    'Os dispositivos em que você já entrou antes não são afetados. Nos demais, você pode entrar de outra forma, por exemplo com um código enviado a você, ou redefinir a senha. Se não foi você, ninguém entrou.',
  'mail.account_locked.next_second_factor':
    'Os dispositivos em que você já entrou antes não são afetados. Se não foi você, alguém sabe sua senha ou lê seus e-mails: redefina sua senha agora.',
}
