import { type BusinessDate, type Cause, companyScope } from '@saleswright/kernel'
import type { Job } from '@saleswright/service'
import type { Tx } from '@saleswright/store'
import { rerouteCasesOf, rerouteUnroutable } from './approval/reroute.ts'
import { settle } from './person/person.ts'
import { placeOn } from './person/place.ts'
import { renewTokens } from './person/transfer.ts'
import type { Books } from './repositories.ts'
import { todayIn } from './today.ts'
import type { KeyChain } from './token/key-chain.ts'
import { everyCompany } from './whereabouts.ts'

type Options = { readonly books: Books; readonly chain: KeyChain; readonly cause: () => Cause }

type Who = { readonly companyId: string; readonly id: string }

/** An assignment that was planned begins: the row lies elsewhere from today, and tokens of the day before go. */
const settlePerson = async (tx: Tx, books: Books, { companyId, id }: Who, today: BusinessDate): Promise<void> => {
  const person = await tx.get(books.people, companyScope(companyId), id)
  const decision = settle(person, await placeOn(tx, books, person, today))
  if (decision.events.length === 0) return
  await renewTokens(tx, books, person, 'transferred')
  tx.save(books.people, decision)
}

const settlePeople = async ({ books, cause }: Options, companyId: string): Promise<void> => {
  const today = await todayIn(books, companyId, cause().at)
  const moving = { status: 'active', 'assignments.1': { $exists: true } }
  for (const { id } of await books.people.findBy(companyScope(companyId), moving)) {
    await books.store.transact(cause(), (tx) => settlePerson(tx, books, { companyId, id }, today))
  }
}

/** A case that was opened while its approver left waits for nobody. */
const releaseCases = async ({ books, cause }: Options, companyId: string): Promise<void> => {
  const scope = companyScope(companyId)
  const pending = await books.approvals.findBy(scope, { status: 'pending' })
  const awaited = pending.flatMap(({ approverIds, signers }) => [
    ...approverIds,
    ...signers.map(({ personId }) => personId),
  ])
  const gone = await books.people.findBy(scope, { _id: { $in: [...new Set(awaited)] }, status: 'left' })
  for (const person of gone) await books.store.transact(cause(), (tx) => rerouteCasesOf(tx, books, person))
}

/** More of them than one change takes up have waited since: each is looked at once. */
const rerouteWaiting = async ({ books, cause }: Options, companyId: string): Promise<void> => {
  let after: string | undefined = ''
  while (after !== undefined) {
    const behind: string = after
    after = await books.store.transact(cause(), (tx) => rerouteUnroutable(tx, books, companyId, behind))
  }
}

export const jobs = (options: Options): readonly Job[] => [
  {
    // Somewhere a day begins every hour.
    name: 'places',
    cron: '5 * * * *',
    zone: 'UTC',
    async run() {
      for (const companyId of await everyCompany(options.books.store)) {
        await settlePeople(options, companyId)
        await releaseCases(options, companyId)
        await rerouteWaiting(options, companyId)
      }
    },
  },
  {
    name: 'signing-key',
    cron: '0 3 1 * *',
    zone: 'UTC',
    async run() {
      await options.books.store.transact(options.cause(), options.chain.rotate)
      options.chain.forget()
    },
  },
]
