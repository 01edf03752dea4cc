import { sentence } from '@saleswright/contracts'
import { companyScope, type Scope } from '@saleswright/kernel'
import type { Mailer } from '@saleswright/mail'
import { type Part, type PasswordSetupTokens, type Platform, passwordSetupLink, repeating } from '@saleswright/service'
import { type Account, accountIdOf, isSetupGood } from '../account/account.ts'
import type { Books } from '../repositories.ts'
import { failed, type Letter, sent } from './letter.ts'

export type Delivery = {
  readonly platform: Pick<Platform, 'store' | 'clock' | 'log' | 'cause' | 'alone'>
  readonly books: Books
  readonly mailer: Mailer
  readonly tokens: PasswordSetupTokens
  readonly publicUrl: string
}

const EVERY_MS = 500
const AT_ONCE = 20
const LEASE = 'mail'

/** Sends what is due, on whichever replica has the lease. What the server took just before an end is sent again: at least once. */
export const deliverMail = (delivery: Delivery): Part => {
  const { platform, mailer } = delivery
  const work = async (): Promise<void> => {
    const due = await dueLetters(delivery)
    if (due.length === 0) return
    await platform.alone(LEASE, async (lost) => {
      for (const { companyId, _id } of due) if (!lost.aborted) await deliver(delivery, companyScope(companyId), _id)
    })
  }
  const part = repeating({ name: 'mail', everyMs: EVERY_MS, log: platform.log, work })
  const stop = async (): Promise<void> => {
    await part.stop()
    mailer.close()
  }
  return { ...part, stop }
}

type Due = { readonly _id: string; readonly companyId: string }

/** Of every company, as the mail server is one for all. */
const dueLetters = ({ platform }: Delivery): Promise<readonly Due[]> =>
  platform.store.connection
    .collection<Due & { readonly dueAt: Date }>('letters')
    .find(
      { dueAt: { $lte: platform.clock.now() } },
      { projection: { companyId: 1 }, sort: { dueAt: 1 }, limit: AT_ONCE },
    )
    .toArray()

const deliver = async (delivery: Delivery, scope: Scope, id: string): Promise<void> => {
  const { platform, books, mailer } = delivery
  const letter = await books.letters.get(scope, id)
  const mail = await composed(delivery, scope, letter)
  let next: (current: Letter) => Letter = sent
  try {
    if (mail) await mailer.send(mail)
  } catch (error) {
    platform.log.warn({ err: error, letterId: id, attempts: letter.attempts + 1 }, 'mail not taken by the server')
    next = (current) => failed(current, platform.clock.now())
  }
  await platform.store.transact(platform.cause(), async (tx) => {
    const current = await tx.get(books.letters, scope, id)
    if (current.dueAt) tx.put(books.letters, next(current))
  })
}

/** Undefined for a link that is good no longer: a newer one follows it, or its owner has used it. */
const composed = async ({ books, tokens, publicUrl, platform }: Delivery, scope: Scope, letter: Letter) => {
  const { personId, kind, number, companyId, email } = letter
  const account = await books.accounts.find(scope, accountIdOf(personId))
  const person = await books.people.find(scope, personId)
  if (!account || !person) return undefined
  const link = (of: number) => passwordSetupLink(publicUrl, tokens.issue({ companyId, personId, number: of }))
  if (number !== undefined && !isSetupGood(account, number, platform.clock.now())) return undefined
  const params = {
    name: person.displayName,
    account: account.accountName,
    at: minute(letter.at),
    ...(number !== undefined && { link: link(number), until: minute(account.setupUntil) }),
  }
  return { to: books.post.opened(account.id, email), ...inBothLanguages(kind, params) }
}

const minute = (at: Account['setupUntil']): string => at?.toISOString().slice(0, 16).replace('T', ' ') ?? ''

/** Nobody knows which of them somebody reads who has not signed in yet. */
const inBothLanguages = (kind: string, params: Readonly<Record<string, string>>) => {
  const say = (part: string) =>
    (['zh-CN', 'en'] as const).map((language) => sentence({ code: `mail_${kind}_${part}`, params }, language))
  return { subject: say('subject').join(' / '), text: say('body').join('\n\n---\n\n') }
}
