import { create } from '@bufbuild/protobuf'
import { OrgUnitChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Aggregate, conflict, type Decision, type ExternalRef } from '@saleswright/kernel'

export type UnitKind = 'company' | 'region' | 'office' | 'department' | 'team'

/** A unit lies in its own rows: `unitId` is its id, `orgPath` the way from the root down to it. */
export type OrgUnit = Aggregate & {
  readonly name: string
  readonly kind: UnitKind
  readonly parentId?: string | undefined
  /** What it is there for, in words. */
  readonly purpose?: string | undefined
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly externalRef?: ExternalRef | undefined
}

const told = (next: OrgUnit): Decision<OrgUnit> => ({
  next,
  events: [
    create(OrgUnitChangedSchema, {
      orgUnitId: next.id,
      name: next.name,
      kind: next.kind,
      parentId: next.parentId ?? '',
      path: [...next.orgPath],
      ...(next.purpose !== undefined && { purpose: next.purpose }),
    }),
  ],
})

type UnitFacts = Pick<OrgUnit, 'name' | 'kind' | 'purpose' | 'externalRef'>

export const openRoot = (id: string, companyId: string, name: string): Decision<OrgUnit> =>
  told({ id, companyId, version: 0, name, kind: 'company', unitId: id, orgPath: [id] })

/** Offices, departments and teams of any kind may stand beside each other (R3, R8). */
export const open = (id: string, parent: OrgUnit, facts: UnitFacts): Decision<OrgUnit> =>
  told({
    id,
    companyId: parent.companyId,
    version: 0,
    parentId: parent.id,
    unitId: id,
    orgPath: [...parent.orgPath, id],
    ...facts,
  })

type Description = { readonly name?: string | undefined; readonly purpose?: string | null | undefined }

/** Undefined leaves a fact as it is, null takes it away. */
export const update = (unit: OrgUnit, { name = unit.name, purpose = unit.purpose }: Description): Decision<OrgUnit> =>
  name === unit.name && (purpose ?? undefined) === unit.purpose
    ? { next: unit, events: [] }
    : told({ ...unit, name, purpose: purpose ?? undefined })

/** A unit never stands below itself, and the root never below another. */
export const moveUnder = (unit: OrgUnit, parent: OrgUnit): Decision<OrgUnit> => {
  if (unit.parentId === parent.id) return { next: unit, events: [] }
  if (unit.parentId === undefined || parent.orgPath.includes(unit.id)) {
    throw conflict('org_unit_cycle', { unit: unit.id, parent: parent.id })
  }
  return told({ ...unit, parentId: parent.id, orgPath: [...parent.orgPath, unit.id] })
}

/** The path of something that lies in or below a unit, after that unit has moved. */
export const pathBelow = (moved: OrgUnit, path: readonly string[]): readonly string[] => [
  ...moved.orgPath,
  ...path.slice(path.indexOf(moved.id) + 1),
]

/** A unit below one that has moved. */
export const follow = (unit: OrgUnit, moved: OrgUnit): Decision<OrgUnit> =>
  told({ ...unit, orgPath: pathBelow(moved, unit.orgPath) })
