/** How far a permission reaches: own rows, the own unit, the units below it, the company, or the partner's own rows. */
export const REACHES = ['self', 'team', 'partner', 'subtree', 'company'] as const
export type Reach = (typeof REACHES)[number]

/** Who calls, as the token says. Ids are UUIDs; a service has no company, for it serves all of them. */
export type Actor = {
  readonly id: string
  readonly kind: 'staff' | 'partner' | 'service'
  readonly companyId: string
  readonly unitId?: string
  readonly partnerId?: string
  /** Permission → how far it reaches. */
  readonly grants: ReadonlyMap<string, Reach>
}

declare const scope: unique symbol
/**
 * The rows that a caller may touch, as equalities on the fields that every business document has. Only `scopeFor` and
 * `companyScope` make one, so that no store method can be called without somebody having been asked.
 */
export type Scope = { readonly [scope]: true; readonly equals: Readonly<Record<string, string>> }

const scopeOver = (equals: Readonly<Record<string, string>>): Scope => ({ equals }) as Scope

const REACH_FIELDS = {
  self: ({ id }: Actor) => ({ ownerId: id }),
  team: ({ unitId = '' }: Actor) => ({ unitId }),
  subtree: ({ unitId = '' }: Actor) => ({ orgPath: unitId }),
  company: () => ({}),
  partner: ({ partnerId = '' }: Actor) => ({ partnerId }),
} satisfies Record<Reach, (actor: Actor) => Record<string, string>>

/** The rows a grant opens, or undefined where the actor has no such grant (row scope, decisions 3). */
export const scopeFor = (actor: Actor, permission: string): Scope | undefined => {
  const reach = actor.grants.get(permission)
  return reach && scopeOver({ companyId: actor.companyId, ...REACH_FIELDS[reach](actor) })
}

/** What lies in both of two scopes of one caller: what they ask of the same field is the same. */
export const inBoth = (one: Scope, other: Scope): Scope => {
  const twice = Object.entries(other.equals).find(([field, value]) => (one.equals[field] ?? value) !== value)
  if (twice) throw new Error(`two scopes ask for different values of ${twice[0]}`)
  return scopeOver({ ...one.equals, ...other.equals })
}

/** Every row of one company: for reactions and internal calls, which act for the platform and not for a person. */
export const companyScope = (companyId: string): Scope => scopeOver({ companyId })

/** Whose something is and where it lies in the organisation: what a scope asks for. */
export type Whereabouts = {
  readonly companyId: string
  readonly ownerId?: string | undefined
  readonly unitId?: string | undefined
  readonly orgPath?: readonly string[] | undefined
  readonly partnerId?: string | undefined
}

/** Whether a scope reaches what is no stored row, or none yet: by the same equalities as the rows. */
export const reaches = ({ equals }: Scope, there: Whereabouts): boolean =>
  Object.entries(equals).every(([field, value]) => {
    const stands = there[field as keyof Whereabouts]
    return typeof stands === 'object' ? stands.includes(value) : stands === value
  })
