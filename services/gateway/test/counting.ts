import fc from 'fast-check'
import { expect } from 'vitest'
import { type Company, signIn } from './company.ts'
import type { Http } from './http.ts'
import type { Party } from './party.ts'

/** By report, the permissions with which what it counts is read. */
export const COUNTED = {
  sales: ['orders.read', 'shipments.read', 'payments.read'],
  pipeline: ['opportunities.read', 'leads.read'],
  receivables: ['receivables.read'],
  attainment: ['targets.read'],
  commission: ['commission.read'],
} as const

type Reaches = Readonly<Record<string, string | undefined>>

export const aReach = fc.constantFrom('self', 'team', 'subtree', 'company')
/** Each of them as far as any reach, and now and then not at all. */
export const someGrants: fc.Arbitrary<Reaches> = fc.record(
  Object.fromEntries(
    Object.values(COUNTED)
      .flat()
      .map((permission) => [permission, fc.option(aReach, { freq: 12, nil: undefined })]),
  ),
)

export const counting = (http: Http, { root }: Pick<Company, 'root'>, range: string) => {
  /** Every document is there for who is shown it, by its own path. */
  const openAll = async (drillDown: string, token: string): Promise<void> => {
    const { documents } = (await http.get(`${drillDown}&pageSize=200`, token)).json
    for (const { path, kind } of documents) {
      const { status, json } = await http.get(path, token)
      expect([path, status]).toEqual([path, 200])
      if (kind === 'target') expect(json.targets).toHaveLength(1)
    }
  }
  const one = async (report: string, token: string, open: (drillDown: string) => Promise<void>): Promise<string> => {
    const { status, json } = await http.get(`/v1/reports/${report}?${range}`, token)
    if (status !== 200) return `${status} ${json.detail}`
    for (const { drillDown } of json.totals) await open(drillDown)
    return `${status} ${JSON.stringify(json.totals)}`
  }
  const every = async (token: string, open: (drillDown: string) => Promise<void>) => {
    const answers = Object.keys(COUNTED).map(async (report) => [report, await one(report, token, open)] as const)
    return new Map(await Promise.all(answers))
  }
  return {
    /** The insider of a party with these grants alone. */
    asInsider: async ({ insider }: Party, grants: Reaches): Promise<string> => {
      const granted = Object.entries(grants).flatMap(([permission, reach]) => (reach ? [`${permission}@${reach}`] : []))
      const path = `/v1/roles/${insider.roleId}`
      const { etag } = (await http.get(path, root)).json
      const { status } = await http.call('PATCH', path, { token: root, body: { grants: granted, etag } })
      expect(status).toBe(200)
      return signIn(http, insider.accountName)
    },
    /** What each report tells somebody. */
    everyReport: (token: string) => every(token, async () => {}),
    /** The same, after every document behind its totals was opened. */
    everyDocument: (token: string) => every(token, (drillDown) => openAll(drillDown, token)),
  }
}
