import { anotherCompany, type Company } from './company.ts'
import { houseOf, type Ids } from './house.ts'
import type { Http } from './http.ts'
import { aParty, canaryOf } from './party.ts'

/** In the names of what belongs to the first company and to nobody in it. */
export const HOUSE = '金丝雀 canary-house'
/** The same of the other company. */
export const ELSEWHERE = '金丝雀 canary-elsewhere'

/**
 * Two partners of one company, in two units of it, with everything that they and those who look after them have; and another
 * company with the same.
 */
export const aWorld = async (http: Http, company: Company, drained: () => Promise<void>) => {
  const house = await houseOf(http, company, HOUSE, { ordered: 'SW-100', stocked: 'SW-STOCK' })
  const party = (mark: string) => aParty(http, company, { canary: canaryOf(mark), sku: 'SW-100', drained })
  const [mine, other] = [await party('7f3a-mine'), await party('7f3b-other')]
  const second = await anotherCompany(http, company)
  await houseOf(http, second, ELSEWHERE, { ordered: 'EW-100', stocked: 'EW-STOCK' })
  const foreign = await aParty(http, second, { canary: canaryOf('7f3c-foreign'), sku: 'EW-100', drained })
  /** What the other partner, its unit and their company have. */
  const ids: Ids = { ...house, ...other.ids }
  return { house, mine, other, foreign, ids, sku: 'SW-100', elsewhere: second.root, second: second.company }
}
