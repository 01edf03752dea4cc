import type { Scope } from '@saleswright/kernel'

type Place = { readonly ownerId?: string; readonly unitId?: string; readonly orgPath?: readonly string[] }

/** Whether something that has no row of its own lies in a scope: by the same equalities as rows do. */
export const reaches = ({ equals }: Scope, place: Place & { readonly companyId: string }): boolean =>
  Object.entries(equals).every(([field, value]) => {
    const there: unknown = (place as Readonly<Record<string, unknown>>)[field]
    return Array.isArray(there) ? there.includes(value) : there === value
  })

/** Whether a scope leaves nothing of its company out. */
export const isCompanyWide = ({ equals }: Scope): boolean => Object.keys(equals).length === 1
