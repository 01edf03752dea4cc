import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from '@saleswright/bus'
import { openLog } from '@saleswright/service'
import { beforeEach, describe, expect, test } from 'vitest'
import { asker, lists, withId } from './asking.ts'
import { aCompany } from './company.ts'
import { type Guard, guardedBy } from './guard.ts'
import { type Answer, httpTo } from './http.ts'
import { type Party, textsOf } from './party.ts'
import { EVERY_SERVICE, linkFor, startPlatform } from './platform.ts'
import { SENSITIVE, sensitiveTexts } from './sensitive.ts'
import { aWorld, ELSEWHERE, HOUSE } from './world.ts'

const guard: Guard = { is: 'on' }
const lines: string[] = []
const told: Message[] = []
const platform = await startPlatform(
  EVERY_SERVICE.map((definition) => guardedBy(guard, definition)),
  {
    told: (_, message) => told.push(message),
    log: openLog('test', 'trace', { write: (line) => void lines.push(line) }),
  },
)
const { address } = await platform.open()
const secrets = sensitiveTexts()
const http = httpTo(address, secrets.heard)
const company = await aCompany(http)
const world = await aWorld(http, company, platform.hosted.drained)
const { mine, other, foreign, elsewhere, house } = world

beforeEach(() => {
  guard.is = 'on'
})

type Caller = { readonly token: string; readonly sees: readonly string[]; readonly ids: Party['ids'] }

/** What only this party has: its texts and the ids of its rows. */
const ownOf = (party: Party) => [...textsOf(party.canary), ...Object.values(party.ids)]
const PARTS = [ownOf(mine), ownOf(other), ownOf(foreign), [HOUSE, ...Object.values(house)], [ELSEWHERE]] as const
const [MINE, OTHER, FOREIGN, OURS] = PARTS
/** A subsidiary knows whose it is. */
const THEIRS = [...PARTS[4], company.company.companyId]
const EVERYTHING = PARTS.flat()
const CALLERS: readonly Caller[] = [
  { token: mine.token, sees: [...MINE, ...OURS], ids: mine.ids },
  { token: mine.insider.token, sees: [...MINE, ...OURS], ids: mine.ids },
  { token: other.token, sees: [...OTHER, ...OURS], ids: other.ids },
  { token: other.insider.token, sees: [...OTHER, ...OURS], ids: other.ids },
  { token: company.root, sees: [...MINE, ...OTHER, ...OURS], ids: mine.ids },
  { token: foreign.token, sees: [...FOREIGN, ...THEIRS], ids: foreign.ids },
  { token: foreign.insider.token, sees: [...FOREIGN, ...THEIRS], ids: foreign.ids },
  { token: elsewhere, sees: [...FOREIGN, ...THEIRS], ids: foreign.ids },
]

type Request = { readonly caller: Caller; readonly send: () => Promise<Answer> }

const REPORTS = ['sales?groupBy=customer', 'pipeline?groupBy=person', 'receivables?groupBy=customer', 'commission']
const reads = withId.filter(({ verb, pathFields }) => verb === 'GET' && !pathFields.includes('report'))
/** Trails are read by auditors, over the company. */
const asked = lists.filter(({ path }) => !path.startsWith('/v1/audit-entries'))

/** Every list, every read of an own and of another's row, and reports; what one of them asks all others ask beside it. */
const requests = (): readonly Request[] => {
  const ask = asker(http)
  const about = [mine, other, foreign].map(({ ids }) => ids)
  const each = [
    ...asked.map(
      ({ path }) =>
        (caller: Caller) =>
          http.get(`${path}?pageSize=200`, caller.token),
    ),
    ...REPORTS.map((report) => (caller: Caller) => http.get(`/v1/reports/${report}`, caller.token)),
    ...reads.flatMap((binding) => about.map((ids) => (caller: Caller) => ask(binding, caller.token, ids))),
  ]
  return each.flatMap((send) => CALLERS.map((caller) => ({ caller, send: () => send(caller) })))
}

const bytesOf = ({ status, headers, text }: Answer) => [status, ...[...headers].flat(), text].join('\n')

/** Keeps so many requests in flight; tells what came back that was not the caller's, and what of their own they all got. */
const sentBy = async (some: readonly Request[], inFlight: number) => {
  const left = some.entries()
  const leaks: string[] = []
  const own = new Map(CALLERS.map((caller) => [caller, 0]))
  const answers: number[] = []
  const work = async (): Promise<void> => {
    for (const [, { caller, send }] of left) {
      const answer = await send()
      const bytes = bytesOf(answer)
      answers.push(answer.status)
      // A request names the ids that it asks for, and a refusal names the request.
      const found = EVERYTHING.filter((text) => bytes.includes(text) && !caller.sees.includes(text))
      leaks.push(...(answer.status === 200 ? found : found.filter((text) => !/^[\da-f-]{36}$/.test(text))))
      if (caller.sees.some((text) => answer.status === 200 && bytes.includes(text))) {
        own.set(caller, (own.get(caller) ?? 0) + 1)
      }
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  return { leaks, own: [...own.values()], answers }
}

describe('F24: sixty-four requests at once of two companies and of two parties of one', () => {
  test('nobody gets a byte of another, and everybody what is theirs', async () => {
    const some = requests()
    const { leaks, own, answers } = await sentBy(some, 64)
    expect(leaks).toEqual([])
    expect(Math.min(...own)).toBeGreaterThan(8)
    expect(answers.length).toBe(some.length)
    expect(answers.filter((status) => status >= 500)).toEqual([])
  })

  test('a scope that is kept beside the requests is noticed, though one after the other all is well', async () => {
    guard.is = 'mixed up'
    const few = requests().filter((_, index) => index % 7 === 0)
    expect((await sentBy(few, 1)).leaks).toEqual([])
    expect((await sentBy(requests(), 64)).leaks.length).toBeGreaterThan(10)
  })

  test('a scope that is forgotten is noticed', async () => {
    guard.is = 'off'
    expect((await sentBy(requests(), 64)).leaks.length).toBeGreaterThan(100)
  })
})

describe('F24: what the services tell each other', () => {
  const has = ({ value, key }: Message, texts: readonly string[]) =>
    texts.some((text) => key === text || Buffer.from(value).includes(text))

  test('an event about a company’s rows is one of that company', async () => {
    await platform.hosted.drained()
    const companies = new Map([
      [company.company.companyId, [...MINE, ...OTHER, HOUSE]],
      [world.second.companyId, [...FOREIGN, ELSEWHERE]],
    ])
    const counts = [...companies].map(([companyId, texts]) => {
      const about = told.filter((message) => has(message, texts))
      expect(about.filter(({ headers }) => !Object.values(headers).includes(companyId))).toEqual([])
      return about.length
    })
    expect(Math.min(...counts)).toBeGreaterThan(15)
  })
})

test('F24: the lines of one request are of one company', () => {
  const companies = new Map<string, Set<string>>()
  for (const { correlationId, companyId } of lines.map((line) => JSON.parse(line))) {
    if (!correlationId || !companyId) continue
    companies.set(correlationId, (companies.get(correlationId) ?? new Set()).add(companyId))
  }
  expect([...companies.values()].filter(({ size }) => size > 1)).toEqual([])
  expect(new Set([...companies.values()].flatMap((one) => [...one])).size).toBe(2)
  expect(companies.size).toBeGreaterThan(1_000)
})

describe('F24: what is personal or secret', () => {
  /** Between services alone: it is in no request of this suite. */
  const APART = ['saleswright.organization.v1.IssueServiceTokenRequest.secret']
  const texts = () => [...new Set([...secrets.found.values()].flatMap((values) => [...values]))]

  test('every field that the contracts call so was sent or answered', async () => {
    const { contact_id: contactId, partner_application_id: application } = mine.ids
    await http.call('PATCH', `/v1/contacts/${contactId}`, {
      token: mine.insider.token,
      body: { name: '改 secret-name', phone: '+86 138 secret-phone', email: 'secret-mail@example.com' },
    })
    const { personId } = await company.someone(['leads.read@self'])
    const account = { accountName: 'secret-account', password: 'a secret-password of old' }
    const address = { accountName: account.accountName, email: 'secret-mail@example.com' }
    await http.post(`/v1/people/${personId}/account`, company.root, address)
    const link = await linkFor(http.address, account.accountName)
    await http.post(`/v1/password-setups/${link}`, undefined, { password: account.password })
    secrets.note('saleswright.organization.v1.SetUpPasswordRequest.token', link)
    const { assignments } = (await http.get(`/v1/people/${personId}`, company.root)).json
    const hired = { displayName: '新', assignment: assignments[0], accountName: 'hired' }
    await http.post('/v1/people', company.root, { ...hired, email: 'secret-hired@example.com' })
    const administrator = { accountName: 'third', displayName: '管', email: 'secret-third@example.com' }
    const facts = { name: '丙', currencyCode: 'CNY', timeZone: 'UTC', administrator }
    await http.post('/v1/companies', company.root, facts)
    const session = await http.post('/v1/sessions', undefined, account)
    await http.post('/v1/sessions/refresh', undefined, { refreshToken: session.refreshToken })
    const change = { currentPassword: account.password, newPassword: 'a secret-password of now' }
    await http.post('/v1/me/password', session.accessToken, change)
    const rotated = await http.post(`/v1/partner-applications/${application}/rotate-secret`, company.root)
    // The one route that no method stands behind.
    secrets.note('saleswright.organization.v1.IssuePartnerTokenRequest.client_secret', mine.credentials.clientSecret)
    secrets.note('saleswright.organization.v1.AccessToken.access_token', mine.token)
    expect(rotated.clientSecret).not.toBe(mine.credentials.clientSecret)
    expect([...secrets.found.keys(), ...APART].toSorted()).toEqual(SENSITIVE.toSorted())
    expect(texts().filter((text) => text.length < 8)).toEqual([])
  })

  test('is not written into the log when it is refused either', async () => {
    const { customer_id: customerId } = mine.ids
    const long = {
      customerId,
      name: 'secret-long '.repeat(20),
      phone: '+86 secret-refused',
      email: 'secret-no-address',
    }
    expect((await http.call('POST', '/v1/contacts', { token: mine.insider.token, body: long, key: 'k' })).status).toBe(
      400,
    )
    const wrong = { accountName: 'root', password: 'a secret-password that is wrong' }
    expect((await http.call('POST', '/v1/sessions', { body: wrong })).status).toBe(401)
    expect(texts()).toContain(wrong.password)
  })

  test('is in no event, in no line of the log and in no file of the engines', async () => {
    await platform.hosted.drained()
    const files = readdirSync(platform.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    const written: Readonly<Record<string, readonly Buffer[]>> = {
      events: told.flatMap(({ key, value, headers }) => [
        Buffer.from(value),
        Buffer.from(key + JSON.stringify(headers)),
      ]),
      log: [Buffer.from(lines.join(''))],
      files,
    }
    const where = (text: string) =>
      Object.keys(written).filter((name) => written[name]?.some((bytes) => bytes.includes(text)))
    expect(texts().flatMap((text) => where(text).map((name) => `${name}: ${text}`))).toEqual([])
    // What is not secret is found there, so that it would be.
    expect(where(mine.canary.name)).toEqual(['events', 'files'])
    expect(where(mine.insider.personId)).toEqual(['events', 'log', 'files'])
  })
})
