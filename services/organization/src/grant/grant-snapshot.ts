import type { JsonObject } from '@bufbuild/protobuf'
import { formatMoney, parseSum } from '@saleswright/kernel'
import type { Given } from './cover.ts'

/** The class of cases in which somebody would give more than they have (decisions 58). */
export const GRANT = 'grant'

/** The act that waits for a second person: a method and its request. */
export type Asked = { readonly act: string; readonly request: JsonObject }

type Shown = Asked & {
  readonly grants: readonly {
    readonly grant?: string
    readonly orgPath?: readonly string[]
    readonly decides?: string
    readonly upTo?: { readonly currencyCode: string; readonly amount: string }
  }[]
}

/** What the decider sees, and what is done when they agree. */
export const writeSnapshot = (asked: Asked, given: readonly Given[]): string => {
  const grants = given.map((one) => {
    if ('grant' in one) return { grant: one.grant, ...(one.orgPath && { orgPath: one.orgPath }) }
    const { decides, upTo } = one
    return { decides, ...(upTo && { upTo: { currencyCode: upTo.currency, amount: formatMoney(upTo) } }) }
  })
  return JSON.stringify({ ...asked, grants } satisfies Shown)
}

export const readSnapshot = (snapshot: string): Asked & { readonly given: readonly Given[] } => {
  const { act, request, grants }: Shown = JSON.parse(snapshot)
  const given = grants.map(({ grant, orgPath, decides = '', upTo }): Given => {
    if (grant !== undefined) return { grant, orgPath }
    return { decides, upTo: upTo && parseSum(upTo.currencyCode, upTo.amount) }
  })
  return { act, request, given }
}
