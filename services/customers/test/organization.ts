import type { Message } from '@bufbuild/protobuf'
import { newId } from '@saleswright/kernel'
import { peer, standInDirectory } from '@saleswright/testing'

/** What the customers service needs of the organisation: where people sit, and the events of its topic. */
export const organizationOf = (companyId: string, rootUnitId: string) => {
  const directory = standInDirectory({ companyId, rootUnitId })
  const { definition, tell } = peer('organization', { bounds: [directory.bound] })
  return {
    definition,
    tell: (event: Message) => tell(companyId, { aggregateId: newId(), event }),
    /** Somebody who sits there from a day on, or has left though the seat has not ended. */
    person: (orgPath: readonly string[], from: string, left = false): string =>
      directory.person({ name: '', seats: [{ orgPath, from }], left }),
    leave: (id: string, orgPath: readonly string[]) =>
      directory.person({ name: '', seats: [{ orgPath, from: '2026-01-01' }], left: true }, id),
    /** Puts a person onto a unit, from the first of January 2026 on. */
    seat: (orgPath: readonly string[]): string =>
      directory.person({ name: '', seats: [{ orgPath, from: '2026-01-01' }] }),
  }
}
