import { companyScope, newId } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { grant } from '../authority/authority-rule.ts'
import { establish } from '../position/position.ts'
import type { Books } from '../repositories.ts'
import { define } from '../role/role.ts'
import { todayIn } from '../today.ts'
import type { Company } from './company.ts'

type Ids = ReadonlyMap<string, string>

const anew = (records: readonly { readonly id: string }[]): Ids => new Map(records.map(({ id }) => [id, newId()]))
const mapped = (ids: Ids, some: readonly string[]): readonly string[] =>
  some.flatMap((id) => ids.get(id) ?? []).toSorted()

const takeOverRoles = async (tx: Tx, books: Books, motherId: string, companyId: string): Promise<Ids> => {
  const roles = (await tx.findBy(books.roles, companyScope(motherId), {})).filter(({ builtIn }) => !builtIn)
  const ids = anew(roles)
  for (const { id, name, grants } of roles) {
    tx.save(books.roles, define(ids.get(id) ?? newId(), companyId, { name, grants }))
  }
  return ids
}

/** Positions with their lines; that of the administrator every company has of its own. */
const takeOverPositions = async (
  tx: Tx,
  books: Books,
  { motherId, companyId, roles }: { readonly motherId: string; readonly companyId: string; readonly roles: Ids },
): Promise<Ids> => {
  const all = await tx.findBy(books.positions, companyScope(motherId), {})
  const positions = all.filter(({ roleIds }) => roleIds.every((id) => roles.has(id)))
  const ids = anew(positions)
  for (const { id, title, roleIds, reportsToId } of positions) {
    const above = reportsToId === undefined ? undefined : ids.get(reportsToId)
    const facts = { title, roleIds: mapped(roles, roleIds), ...(above !== undefined && { reportsToId: above }) }
    tx.save(books.positions, establish(ids.get(id) ?? newId(), companyId, facts))
  }
  return ids
}

/**
 * The rules of the mother apply to her subsidiary (R9): it begins with her roles, positions and authority rules, as records of its own. A
 * limit in money that the subsidiary does not count in would allow nothing there, and is left out.
 */
export const takeOverRules = async (tx: Tx, books: Books, { id: companyId, parentId, currency }: Company) => {
  if (parentId === undefined) return
  const roles = await takeOverRoles(tx, books, parentId, companyId)
  const positions = await takeOverPositions(tx, books, { motherId: parentId, companyId, roles })
  const today = await todayIn(books, parentId, tx.at)
  for (const rule of await tx.findBy(books.authorityRules, companyScope(parentId), {})) {
    const { class: caseClass, upTo, from, until } = rule
    const positionId = positions.get(rule.positionId)
    const isOver = until !== undefined && (until <= today || until <= from)
    if (positionId === undefined || isOver || (upTo && upTo.currency !== currency)) continue
    const facts = { class: caseClass, positionId, from, ...(upTo && { upTo }), ...(until !== undefined && { until }) }
    tx.save(books.authorityRules, grant(newId(), companyId, facts))
  }
}
