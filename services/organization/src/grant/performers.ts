import { authorityActs } from '../authority/authority-rpc.ts'
import { orgUnitActs } from '../org-unit/org-unit-rpc.ts'
import { partnerApplicationActs } from '../partner-application/partner-application-rpc.ts'
import { personActs } from '../person/person-rpc.ts'
import { positionActs } from '../position/position-rpc.ts'
import type { Books } from '../repositories.ts'
import { roleActs } from '../role/role-rpc.ts'
import type { Performer } from './grant-act.ts'

/** Every act that may give rights, by its name: what a case of the class grant can do when it is approved. */
export const performersOf = (books: Books, secret: Uint8Array): ReadonlyMap<string, Performer> => {
  const acts = [
    ...personActs(books),
    ...roleActs(books),
    ...positionActs(books),
    ...orgUnitActs(books),
    ...authorityActs(books),
    ...partnerApplicationActs(books, secret),
  ]
  return new Map(acts.map((act) => [act.name, act]))
}
