import { create } from '@bufbuild/protobuf'
import { CompanyCreatedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Aggregate, type Decision, decimalsOf, invalid } from '@saleswright/kernel'

export type Company = Aggregate & {
  readonly name: string
  /** What its reports and targets count in. */
  readonly currency: string
  /** IANA; its business dates are days of this zone. */
  readonly timeZone: string
  readonly rootUnitId: string
  /** The company that it is a subsidiary of. */
  readonly parentId?: string | undefined
  /** Made by the setup: there is one such company in an installation. */
  readonly first?: true | undefined
}

export type CompanyFacts = Pick<Company, 'name' | 'currency' | 'timeZone' | 'parentId' | 'first'>

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone)
  } catch {
    return false
  }
}

/** Refuses an unknown time zone or currency. */
export const found = (id: string, rootUnitId: string, facts: CompanyFacts): Decision<Company> => {
  if (!isTimeZone(facts.timeZone)) throw invalid('bad_time_zone', { timeZone: facts.timeZone })
  decimalsOf(facts.currency)
  return {
    next: { id, companyId: id, version: 0, rootUnitId, ...facts },
    events: [
      create(CompanyCreatedSchema, {
        companyId: id,
        name: facts.name,
        currencyCode: facts.currency,
        timeZone: facts.timeZone,
        rootUnitId,
        ...(facts.parentId !== undefined && { parentCompanyId: facts.parentId }),
      }),
    ],
  }
}
