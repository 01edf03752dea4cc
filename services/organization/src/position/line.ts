import { type BusinessDate, companyScope, conflict } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { takeTurn } from '../guard.ts'
import { assignmentOn } from '../person/assignments.ts'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import type { Position } from './position.ts'

type Link = Pick<Position, 'id' | 'companyId' | 'reportsToId'>

/** The position of a superior is there, and the line up from it does not come back; two who change lines at once take turns. */
export const expectLine = async (
  tx: Tx,
  { positions, guards }: Books,
  { id, companyId, reportsToId }: Link,
): Promise<void> => {
  if (reportsToId === undefined) return
  await takeTurn(tx, guards, companyId, 'position-lines')
  for (let above: string | undefined = reportsToId; above !== undefined; ) {
    if (above === id) throw conflict('position_line_cycle')
    above = (await tx.get(positions, companyScope(companyId), above)).reportsToId
  }
}

type Placed = { readonly superior: Person | undefined; readonly from: BusinessDate }

/** Who takes a position of a line answers to somebody who holds the position above it on the first day. */
export const expectSuperiorInLine = async (
  tx: Tx,
  { positions }: Books,
  { companyId, reportsToId }: Link,
  { superior, from }: Placed,
): Promise<void> => {
  if (reportsToId === undefined) return
  const held = superior && assignmentOn(superior.assignments, from)?.positionId
  if (held === reportsToId) return
  const { title } = await tx.get(positions, companyScope(companyId), reportsToId)
  throw conflict('superior_of_other_position', { title })
}
