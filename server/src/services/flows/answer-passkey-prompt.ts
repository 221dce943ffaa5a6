import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { languageFor } from '../../domain/mail.ts'
import type { Effect } from '../../flow/index.ts'
import { putPasskeyPromptSkippedAt } from '../../persistence/queries/passkey-prompt.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Events } from '../events/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { Passkeys } from '../passkeys/index.ts'

type Answer = Extract<Effect, { effect: 'create_passkey' | 'remember_passkey_prompt' }>

/** What was said to the offer of a passkey, kept in the transaction of the finish. */
export function createPromptAnswer(deps: { clock: Clock; passkeys: Passkeys; events: Events; outbox: Outbox }) {
  const { clock, passkeys, events, outbox } = deps

  return async function answer(tx: Transaction<Schema>, user: { tenantId: TenantId; userId: UserId }, given: Answer, requester: Requester): Promise<void> {
    if (given.effect === 'remember_passkey_prompt') {
      await putPasskeyPromptSkippedAt(tx, { ...user, at: clock.now() })
      await events.record(tx, { type: 'passkey.prompt_skipped', ...user, requester })
      return
    }
    await passkeys.inFlow.add(tx, user, given.passkey, requester)
    // A new account's owner sits in front of it; an old one's may not.
    if (given.userId === 'created_user') return
    const owner = await findUser(tx, user.tenantId, user.userId)
    if (owner) await outbox.enqueueNotice(tx, user.tenantId, owner, { template: 'passkey_created', at: clock.now(), ...requester, language: languageFor(owner, requester) })
  }
}
