import type { Notice } from '../../domain/mail.ts'
import { toPlainLine } from '../mail/clean-text.ts'

const MAX_SUBJECT_LENGTH = 120

/** What a mail says in its subject, and where the person can do something about it: an address of the settings' origin alone. */
export function renderNotice({ template }: Pick<Notice, 'template'>, subject: string, { publicUrl, basePath }: { publicUrl: string; basePath: string }): string {
  const page = template === 'signup_existing_account' ? 'login' : 'settings'
  return `${toPlainLine(subject, MAX_SUBJECT_LENGTH)}\n${publicUrl}${basePath}/${page}`
}
