import { create } from '@bufbuild/protobuf'
import { DelegationChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  conflict,
  covers,
  type Decision,
  invalid,
  invalidField,
} from '@saleswright/kernel'
import { expectEarlierEnd } from './earlier-end.ts'

/** Somebody decides in another's stead, for some days (R18). It lies in the rows of the one who delegates. */
export type Delegation = Aggregate & {
  readonly fromPersonId: string
  readonly toPersonId: string
  /** None means every class. */
  readonly classes: readonly string[]
  /** The receiver does everything in the other's stead, and does not decide alone. */
  readonly deputizes?: true | undefined
  readonly from: BusinessDate
  /** The day after the last. */
  readonly until: BusinessDate
}

type DelegationFacts = Pick<Delegation, 'fromPersonId' | 'toPersonId' | 'classes' | 'deputizes' | 'from' | 'until'>

const told = (next: Delegation): Decision<Delegation> => {
  const { id, fromPersonId, toPersonId, classes, from, until, deputizes = false } = next
  const facts = { delegationId: id, fromPersonId, toPersonId, classes: [...classes], from, until, deputizes }
  return { next, events: [create(DelegationChangedSchema, facts)] }
}

type Rows = Pick<Delegation, 'companyId' | 'unitId' | 'orgPath'>

export const delegate = (id: string, rows: Rows, facts: DelegationFacts): Decision<Delegation> => {
  if (facts.fromPersonId === facts.toPersonId) throw conflict('delegation_to_self')
  if (facts.until <= facts.from) throw invalid('span_is_empty', { from: facts.from, until: facts.until })
  if (facts.deputizes && facts.classes.length > 0) throw invalidField('classes', 'deputy_of_classes')
  return told({ id, version: 0, ownerId: facts.fromPersonId, ...rows, ...facts })
}

/** `until` is the first day without it; ended on its first day, it never was. */
export const endDelegation = (delegation: Delegation, until: BusinessDate): Decision<Delegation> => {
  expectEarlierEnd(delegation, until)
  return delegation.until === until ? { next: delegation, events: [] } : told({ ...delegation, until })
}

/** The unit of the one who delegates has moved. */
export const followDelegation = (delegation: Delegation, orgPath: readonly string[]): Decision<Delegation> =>
  told({ ...delegation, orgPath })

/** Whether it lets its receiver decide cases of a class on a day. */
export const lends = (delegation: Delegation, caseClass: string, date: BusinessDate): boolean =>
  covers(delegation, date) && (delegation.classes.length === 0 || delegation.classes.includes(caseClass))
