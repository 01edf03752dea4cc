/** Somebody who holds, on the day, a position that a valid rule allows for the class and the amount; and in which unit. */
export type Authorised = { readonly personId: string; readonly unitId: string }

export type Way = {
  /** Everybody with an interest in the case, and who signs it beside the approver. */
  readonly excluded: readonly string[]
  /** The superiors of the one whose deed it is, nearest first. */
  readonly superiors: readonly string[]
  /** The units above, nearest first, beginning with the own one. */
  readonly units: readonly string[]
}

/**
 * Who decides a case (decisions 22): the nearest superior with the authority; else everybody with it in the own unit, or in the next
 * one up where somebody without an interest has it; else everybody in the company with it. Nobody at all: the case is unroutable.
 */
export const route = ({ excluded, superiors, units }: Way, authorised: readonly Authorised[]): readonly string[] => {
  const able = authorised.filter(({ personId }) => !excluded.includes(personId))
  const superior = superiors.find((id) => able.some(({ personId }) => personId === id))
  if (superior !== undefined) return [superior]
  const idsIn = (unit: string) => able.filter(({ unitId }) => unitId === unit).map(({ personId }) => personId)
  const nearest = units.find((unit) => idsIn(unit).length > 0)
  const ids = nearest === undefined ? able.map(({ personId }) => personId) : idsIn(nearest)
  return [...new Set(ids)].toSorted()
}
