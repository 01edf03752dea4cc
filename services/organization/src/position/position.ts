import { create } from '@bufbuild/protobuf'
import { PositionChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import type { Aggregate, Decision, ExternalRef } from '@saleswright/kernel'

/** What a person is in a unit (岗位), with the roles that every holder has. */
export type Position = Aggregate & {
  readonly title: string
  readonly roleIds: readonly string[]
  /** How many may hold it on one day (编制); absent means any number. */
  readonly headcount?: number | undefined
  readonly externalRef?: ExternalRef | undefined
}

type PositionFacts = Pick<Position, 'title' | 'roleIds' | 'headcount' | 'externalRef'>

export const establish = (id: string, companyId: string, facts: PositionFacts): Decision<Position> => ({
  next: { id, companyId, version: 0, ...facts },
  events: [
    create(PositionChangedSchema, {
      positionId: id,
      title: facts.title,
      roleIds: [...facts.roleIds],
      ...(facts.headcount !== undefined && { headcount: facts.headcount }),
    }),
  ],
})
