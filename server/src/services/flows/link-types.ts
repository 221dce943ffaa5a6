import type { Requester } from '../../domain/requester.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { CodePurpose } from '../../flow/index.ts'
import type { DeviceSecrets, FlowAnswer } from './flow-answer.ts'

/** Which browser looks at a link. */
export interface LinkViewer {
  readonly tenantId: TenantId
  /** What ties flows to this browser; '' for a caller that is none. */
  readonly binding: string
  /** Who is signed in there. */
  readonly userId: UserId | undefined
}

/** What the page behind a link shows. */
export interface ShownLink {
  /** Signing up is by digits alone. */
  readonly purpose: Exclude<CodePurpose, 'signup' | 'signup_login'>
  readonly maskedDestination: string
  /** Whether this is the browser that asked for the link. */
  readonly isHere: boolean
  /** Who asked for it; instant in milliseconds UTC. */
  readonly requested: { readonly at: number; readonly ip: string; readonly userAgent: string }
}

/** `over` stands for every reason: used, approved, too old, another account's, none of ours. */
export type UsedLink = { readonly kind: 'approved' } | { readonly kind: 'over' } | { readonly kind: 'continued'; readonly answer: FlowAnswer }

export interface FlowLinks {
  /** Looks at a link and changes nothing: mail scanners and previews open links, too. */
  look(link: string, viewer: LinkViewer): Promise<ShownLink | undefined>
  /** Goes on where the viewer is the browser that asked; says yes for that browser where it is another one. */
  use(link: string, viewer: LinkViewer, requester: Requester, devices?: DeviceSecrets): Promise<UsedLink>
  /** The name under which a state hears that its link was approved; undefined where it waits for none. */
  channelOf(stateToken: string): Promise<string | undefined>
  /** Listens at a channel, over all instances; `over` when there is nothing left to wait for. */
  listen(channel: string, listener: ApprovalListener): Promise<Listening | 'over' | 'too_many'>
  /** Lets go of everybody who listens: the server ends. */
  stopListening(): void
}

export interface ApprovalListener {
  /** Whose connections are counted. */
  readonly ip: string
  /** Called once. */
  onApproved(): void
  /** The state is over, or the server ends; called once, and not after `onApproved`. */
  onClosed(): void
}

export interface Listening {
  stop(): void
}
