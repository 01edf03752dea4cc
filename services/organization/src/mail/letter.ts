import type { Aggregate } from '@saleswright/kernel'

export type Kind = 'password_setup' | 'password_changed' | 'account_changed'

/** A mail to the owner of an account that was not sent yet, or was sent lately. Its text is written when it goes out. */
export type Letter = Aggregate & {
  readonly kind: Kind
  readonly personId: string
  /** What had happened, and when. */
  readonly at: Date
  /** The address at that time, sealed. */
  readonly email: { readonly ct: string; readonly keyId: string }
  /** Of a link: which of the account's. */
  readonly number?: number | undefined
  readonly attempts: number
  /** When it is tried next; absent when it was sent or given up. */
  readonly dueAt?: Date | undefined
  readonly forgetAt: Date
}

const SECOND_MS = 1_000
const LONGEST_PAUSE_MS = 900 * SECOND_MS
const MOST_ATTEMPTS = 100
const KEPT_MS = 30 * 86_400 * SECOND_MS

type News = Pick<Letter, 'id' | 'companyId' | 'kind' | 'personId' | 'at' | 'email' | 'number'>

export const write = (news: News): Letter => ({
  ...news,
  version: 0,
  attempts: 0,
  dueAt: news.at,
  forgetAt: new Date(news.at.getTime() + KEPT_MS),
})

export const sent = (letter: Letter): Letter => ({ ...letter, attempts: letter.attempts + 1, dueAt: undefined })

/** The server did not take it: again after a pause that doubles, for about a day. */
export const failed = (letter: Letter, at: Date): Letter => {
  const attempts = letter.attempts + 1
  const pause = Math.min(LONGEST_PAUSE_MS, SECOND_MS * 2 ** attempts)
  return { ...letter, attempts, dueAt: attempts < MOST_ATTEMPTS ? new Date(at.getTime() + pause) : undefined }
}
