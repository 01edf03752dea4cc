import type { Directory, Person } from '@saleswright/directory'
import { conflict, firstDay, forbidden, lastDay, type Period, reaches, type Scope } from '@saleswright/kernel'
import type { Target } from './target-plan.ts'
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

/** Says of each target where its node lies. A unit or person that organization does not know is refused as it refuses it. */
export const placeTargets = (
  directory: Directory,
  companyId: string,
  targets: readonly Target[],
): Promise<readonly PlacedTarget[]> =>
  Promise.all(
    targets.map(async (target) => {
      const { node, period } = target
      if (node.kind === 'org_unit') {
        const { name, orgPath } = await directory.unit(companyId, node.id)
        return { ...target, name, orgPath }
      }
      const person = await directory.person(companyId, node.id)
      return { ...target, name: person.displayName, orgPath: pathIn(person, period) }
    }),
  )

/** R346: whoever may set targets for a unit sets them for what lies in it. */
export const expectReach = (scope: Scope, companyId: string, targets: readonly PlacedTarget[]): void => {
  for (const { node, orgPath } of targets) {
    const ownerId = node.kind === 'person' ? node.id : undefined
    if (!reaches(scope, { companyId, ownerId, orgPath, unitId: orgPath.at(-1) ?? '' })) {
      throw forbidden('not_your_unit', { node: node.id })
    }
  }
}
