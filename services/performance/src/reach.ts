import type { Scope } from '@saleswright/kernel'

/** Where something lies in the organisation. */
type Whereabouts = {
  readonly companyId: string
  /** Of a person's own; absent for what is a unit's. */
  readonly ownerId?: string | undefined
  readonly unitId: string
  readonly orgPath: readonly string[]
}

/** Whether a scope reaches there, as the store would say of a row. */
export const reaches = (scope: Scope, there: Whereabouts): boolean =>
  Object.entries(scope.equals).every(([field, value]) =>
    field === 'orgPath' ? there.orgPath.includes(value) : there[field as keyof Whereabouts] === value,
  )
