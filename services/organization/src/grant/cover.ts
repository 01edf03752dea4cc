import { type Money, REACHES, type Reach } from '@saleswright/kernel'
import { classesServing } from '../authority/authority-rule.ts'

/** What an act gives: a grant over the rows of a place, or the decision of cases. */
export type Given =
  /** Without a place, for whoever comes to have it: a role, a position. */
  | { readonly grant: string; readonly orgPath?: readonly string[] | undefined }
  /** Without an amount, cases of any. */
  | { readonly decides: string; readonly upTo?: Money | undefined }

/** What somebody may do: their grants, counted from their unit, and the cases that they decide. */
export type Authority = {
  readonly grants: ReadonlyMap<string, Reach>
  readonly unitId?: string | undefined
  readonly decides: readonly { readonly class: string; readonly upTo?: Money | undefined }[]
  /** Has every grant that there is, over the company. */
  readonly administrator: boolean
}

/** The reaches that are no wider than one, over the same rows. */
const WITHIN: Readonly<Record<Reach, readonly string[]>> = {
  self: ['self'],
  partner: ['partner'],
  team: ['self', 'team'],
  subtree: ['self', 'team', 'subtree'],
  company: REACHES,
}

/** Whether the rows of a place are among those that a reach opens from a unit. */
const includesPlace = (own: Reach, unitId: string | undefined, orgPath: readonly string[] | undefined): boolean => {
  if (orgPath === undefined || (own !== 'team' && own !== 'subtree')) return true
  if (unitId === undefined) return false
  return own === 'subtree' ? orgPath.includes(unitId) : orgPath.at(-1) === unitId
}

const coversGrant = ({ grants, unitId }: Authority, grant: string, orgPath: readonly string[] | undefined): boolean => {
  const [permission = '', reach = ''] = grant.split('@')
  const own = grants.get(permission)
  return own !== undefined && WITHIN[own].includes(reach) && includesPlace(own, unitId, orgPath)
}

const coversDecision = (authority: Authority, decides: string, upTo: Money | undefined): boolean =>
  authority.administrator ||
  authority.decides.some((own) => {
    if (!classesServing(decides).includes(own.class)) return false
    if (own.upTo === undefined) return true
    return upTo !== undefined && upTo.currency === own.upTo.currency && upTo.minor <= own.upTo.minor
  })

/** Whether somebody has at least what is given, in permission and in reach (decisions 58). */
const covers = (authority: Authority, given: Given): boolean =>
  'grant' in given
    ? coversGrant(authority, given.grant, given.orgPath)
    : coversDecision(authority, given.decides, given.upTo)

/** What of the given none of the authorities has. */
export const exceeding = (given: readonly Given[], ...authorities: readonly Authority[]): readonly Given[] =>
  given.filter((one) => !authorities.some((authority) => covers(authority, one)))

/** "orders.read@subtree", "decides credit_limit": for people. */
export const nameOf = (given: Given): string => ('grant' in given ? given.grant : `decides ${given.decides}`)
