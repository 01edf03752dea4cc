import { create } from '@bufbuild/protobuf'
import { PositionChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import type { Aggregate, Decision, ExternalRef } from '@saleswright/kernel'

/** What a person is in a unit (岗位), with the roles that every holder has. */
export type Position = Aggregate & {
  readonly title: string
  readonly roleIds: readonly string[]
  /** The position of the direct superior (直接上级), where there has to be one. */
  readonly reportsToId?: string | undefined
  readonly externalRef?: ExternalRef | undefined
}

type PositionFacts = Pick<Position, 'title' | 'roleIds' | 'reportsToId' | 'externalRef'>

const told = (next: Position): Decision<Position> => ({
  next,
  events: [
    create(PositionChangedSchema, {
      positionId: next.id,
      title: next.title,
      roleIds: [...next.roleIds],
      ...(next.reportsToId !== undefined && { reportsToId: next.reportsToId }),
    }),
  ],
})

export const establish = (id: string, companyId: string, facts: PositionFacts): Decision<Position> =>
  told({ id, companyId, version: 0, ...facts })

type Changes = {
  readonly title?: string | undefined
  readonly roleIds?: readonly string[] | undefined
  readonly reportsToId?: string | null | undefined
}

/** Undefined leaves a fact as it is, null takes it away. */
export const change = (
  position: Position,
  { title = position.title, roleIds = position.roleIds, reportsToId = position.reportsToId }: Changes,
): Decision<Position> => {
  const next = { ...position, title, roleIds, reportsToId: reportsToId ?? undefined }
  const same =
    title === position.title && roleIds.join() === position.roleIds.join() && next.reportsToId === position.reportsToId
  return same ? { next: position, events: [] } : told(next)
}
