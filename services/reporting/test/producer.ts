import { peer } from '@saleswright/testing'
import type { Source } from '../src/models/all.ts'
import { COMPANY, type Fact } from './facts.ts'

/** A service that does nothing but tell what a test wants to be told. */
export const producer = (name: Source) => {
  const { definition, tell, platform } = peer(name)
  return {
    definition,
    /** Tells facts together, as one command would, and gives the id of the last event. */
    tell: async (facts: readonly Fact[]): Promise<string> => {
      await tell(COMPANY, ...facts)
      const aggregateId = facts.at(-1)?.aggregateId ?? ''
      const { items } = await platform().store.eventLog.audit(COMPANY, { aggregateId, orderBy: '-eventId' })
      return items[0]?.eventId ?? ''
    },
  }
}
