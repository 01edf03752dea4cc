import type { DataFolder, Secrets } from '../data-folder.ts'
import { type Accounts, keepAccounts, openAccounts, passwordOf } from './accounts.ts'
import { type Begun, note } from './begun.ts'
import { clientsOf, type TransportOf } from './clients.ts'
import { leaveErrands } from './errands.ts'
import { setGoals } from './goals.ts'
import { handsOf } from './hand.ts'
import { meetBuyers, meetDeals, meetProspects } from './meet.ts'
import { offerGoods } from './offer.ts'
import { foundCompany, organise } from './organise.ts'
import { admitPartner } from './partner.ts'
import { makePlan, type Plan } from './plan.ts'
import type { Scene } from './scene.ts'
import { sellThroughTheYear } from './sell.ts'
import { STAFF } from './staff.ts'

export type Filling = {
  readonly folder: DataFolder
  readonly secrets: Pick<Secrets, 'setupToken' | 'key'>
  readonly transportOf: TransportOf
  readonly begun: Begun
  readonly signal: AbortSignal
  /** How much of it is there. */
  readonly progress: (done: number, all: number) => void
}

/** Tells the platform the demo company, by the methods that every client has; gone through again it makes what is missing. */
export const fill = async ({ folder, secrets, begun, ...filling }: Filling): Promise<Accounts> => {
  const { transportOf, signal, progress } = filling
  const accounts = openAccounts(folder)
  const password = (account: string): string => passwordOf(accounts, account)
  const clients = clientsOf(transportOf)
  const plan = makePlan(begun.today, begun.orders)
  const all = recordsOf(plan)
  let done = 0
  const scene: Scene = {
    clients,
    plan,
    signal,
    hands: handsOf(clients, password, signal),
    done() {
      done += 1
      progress(done, all)
    },
  }
  await foundCompany(scene, { setupToken: secrets.setupToken, passwordOf: password })
  const organisation = await organise(scene, { key: secrets.key, passwordOf: password })
  await offerGoods(scene)
  const customers = await meetBuyers(scene, organisation)
  const partner = await admitPartner(scene, customers)
  const known = keepAccounts(folder, { ...accounts, partner })
  await setGoals(scene, organisation)
  await meetProspects(scene, organisation)
  await meetDeals(scene, organisation, customers)
  await sellThroughTheYear(scene, { organisation, customers })
  await leaveErrands(scene, customers)
  note(folder, { ...begun, finished: true })
  return known
}

const recordsOf = ({ goods, buyers, prospects, deals, sales, tasks }: Plan): number =>
  STAFF.length + 2 * (goods.length + 1) + buyers.length + prospects.length + deals.length + sales.length + tasks.length
