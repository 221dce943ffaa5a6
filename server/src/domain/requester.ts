/** What a request came from, as far as we can tell; kept with sessions and events. */
export interface Requester {
  /** Address of the caller, after the proxies that are trusted. */
  readonly ip: string
  readonly userAgent: string
  /** BCP 47 tag of the language to answer in; none where nobody asked, such as on the command line. */
  readonly language?: string
}

/** Longer header values are cut: what is shown to people needs no more. */
export const USER_AGENT_MAX_LENGTH = 255
