import type { Directory, Person } from '@saleswright/directory'
import { conflict, firstDay, forbidden, invalid, lastDay, type Period, reaches, type Scope } from '@saleswright/kernel'
import type { Node, Target, TargetPlan } from './target-plan.ts'
import type { PlacedTarget } from './target-rows.ts'

/** Where a person is when a period begins; who comes later, where they are first. */
const pathIn = (person: Person, period: Period): readonly string[] => {
  const [begin, end] = [firstDay(period), lastDay(period)]
  const place = person.assignments
    .filter(({ from, until }) => from <= end && (until === undefined || until > begin))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))[0]
  if (!place) throw conflict('person_has_no_place', { personId: person.personId, date: begin })
  return place.orgPath
}

type Located = { readonly name: string; readonly orgPath: readonly string[] }

/** Where a node lies in a period. A unit or person that organization does not know is refused as it refuses it. */
export const locate = async (directory: Directory, companyId: string, node: Node, period: Period): Promise<Located> => {
  if (node.kind === 'org_unit') {
    const { name, orgPath } = await directory.unit(companyId, node.id)
    return { name, orgPath }
  }
  const person = await directory.person(companyId, node.id)
  return { name: person.displayName, orgPath: pathIn(person, period) }
}

/** Says of each target where its node lies. */
export const placeTargets = (
  directory: Directory,
  companyId: string,
  targets: readonly Target[],
): Promise<readonly PlacedTarget[]> =>
  Promise.all(
    targets.map(async (target) => ({
      ...target,
      ...(await locate(directory, companyId, target.node, target.period)),
    })),
  )

/** The plan of a unit is for what lies in it, that of a person for themselves. */
export const expectInside = (
  { node: { kind, id } }: Pick<TargetPlan, 'node'>,
  targets: readonly PlacedTarget[],
): void => {
  targets.forEach(({ node, period, orgPath }, index) => {
    const inside = kind === 'person' ? node.kind === 'person' && node.id === id : orgPath.includes(id)
    if (inside) return
    const violation = {
      field: `targets[${index}].node`,
      rule: 'target_outside_plan',
      message: 'must lie in that of the plan',
    }
    throw invalid('target_outside_plan', { node: node.id, period }, [violation])
  })
}

/** R346: whoever may set targets for a unit sets them for what lies in it. */
export const expectReach = (
  scope: Scope,
  companyId: string,
  placed: readonly Pick<PlacedTarget, 'node' | 'orgPath'>[],
): void => {
  for (const { node, orgPath } of placed) {
    const ownerId = node.kind === 'person' ? node.id : undefined
    if (!reaches(scope, { companyId, ownerId, orgPath, unitId: orgPath.at(-1) ?? '' })) {
      throw forbidden('not_your_unit', { node: node.id })
    }
  }
}
