import { aMailSink, KEY } from '@saleswright/testing'
import { setupTokenOf } from '@saleswright/testing/driver'
import { expect, test, vi } from 'vitest'
import { type ACompany, aClock, aCompany, PASSWORD, setPassword, signedIn, start } from './platform.ts'

const EMAIL = 'li.lei@example.com'
const PUBLIC_URL = 'https://sales.example.com'
const NEW = 'a dozen green bottles'
const INVALID = { kind: 'conflict', code: 'password_setup_invalid' }

const open = async (config: Readonly<Record<string, string>> = {}) => {
  const time = aClock(new Date())
  const settings = { SETUP_TOKEN: 'a-token-for-once', PUBLIC_URL, ...config }
  const { hosted } = await start([], { clock: time.clock, config: settings })
  return { hosted, time, ...(await aCompany(hosted)) }
}

const withMail = async () => {
  const sink = await aMailSink()
  const company = await open({ SMTP_URL: sink.url, MAIL_FROM: 'sales@example.com' })
  const mailed = (count: number) => vi.waitFor(() => expect(sink.received).toHaveLength(count), { timeout: 20_000 })
  return { sink, mailed, ...company }
}

const hire = async ({ people, unit, position, create }: ACompany, account: object) => {
  const assignment = { orgUnitId: await unit('一组'), positionId: await position('销售员'), from: '2026-01-01' }
  return people.createPerson({ displayName: '李雷', assignment, ...account }, create())
}

const tokenIn = (text: string): string => /#([\w.-]+)/.exec(text)?.[1] ?? ''

test('a new account opens by a link that is mailed to its owner and to nobody else, and is good once', async () => {
  const company = await withMail()
  const { sessions, setups, sink, mailed } = company
  const answer = await hire(company, { accountName: 'lilei', email: EMAIL })
  await expect(signedIn({ sessions }, 'lilei')).rejects.toMatchObject({ code: 'sign_in_failed' })
  await mailed(1)
  const [mail] = sink.received
  expect(mail).toMatchObject({
    to: [EMAIL],
    from: 'sales@example.com',
    subject: '设置您的登录密码 / Set your password',
  })
  expect(mail?.text).toContain(`${PUBLIC_URL}/password-setup#`)
  const token = tokenIn(mail?.text ?? '')
  expect(JSON.stringify(answer)).not.toContain(token)
  await expect(setups.setUpPassword({ token, password: 'short' })).rejects.toMatchObject({ code: 'weak_password' })
  await expect(setups.setUpPassword({ token, password: NEW })).resolves.toMatchObject({ accountName: 'lilei' })
  await expect(signedIn({ sessions }, 'lilei', NEW)).resolves.toBeDefined()
  await expect(setups.setUpPassword({ token, password: PASSWORD })).rejects.toMatchObject(INVALID)
  await mailed(2)
  expect(sink.received[1]).toMatchObject({ to: [EMAIL], subject: '您的登录密码已更改 / Your password was changed' })
})

test('a link is good for a week, and only the last one is', async () => {
  const company = await open()
  const { setups, people, create, time, companyId } = company
  const { personId } = await hire(company, { accountName: 'lilei' })
  const owner = { companyId, personId }
  await people.offerPasswordSetup({ personId }, create())
  await expect(setPassword({ setups }, owner, NEW, 1)).rejects.toMatchObject(INVALID)
  await expect(setPassword({ setups }, owner, NEW, 3)).rejects.toMatchObject(INVALID)
  time.pass(7 * 86_400)
  await expect(setPassword({ setups }, owner, NEW, 2)).rejects.toMatchObject(INVALID)
  await people.offerPasswordSetup({ personId }, await renewed(company))
  await setPassword({ setups }, owner, NEW, 3)
})

/** The token of the administrator is over after a week. */
const renewed = async ({ sessions, create }: ACompany) => ({ ...create(), token: await signedIn({ sessions }, 'root') })

test('of uses of one link at the same moment one succeeds', async () => {
  const company = await open()
  const { setups, companyId } = company
  const { personId } = await hire(company, { accountName: 'lilei' })
  const uses = ['one', 'two', 'three', 'four'].map((word) =>
    setPassword({ setups }, { companyId, personId }, `${word} green bottles`),
  )
  const outcomes = await Promise.allSettled(uses)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a new password ends what was signed in with the old one', async () => {
  const company = await open()
  const { sessions, setups, people, person, create, companyId, unit, position } = company
  const place = { orgUnitId: await unit('一组'), positionId: await position('销售员') }
  const personId = await person('李雷', place, 'lilei')
  const before = await sessions.createSession({ accountName: 'lilei', password: PASSWORD })
  await people.offerPasswordSetup({ personId }, create())
  await expect(signedIn({ sessions }, 'lilei')).resolves.toBeDefined()
  await setPassword({ setups }, { companyId, personId }, NEW, 2)
  await expect(sessions.refreshSession({ refreshToken: before.refreshToken })).rejects.toMatchObject({
    code: 'refresh_token_invalid',
  })
  await expect(signedIn({ sessions }, 'lilei')).rejects.toMatchObject({ code: 'sign_in_failed' })
})

test('made-up links and those of another installation open nothing', async () => {
  const company = await open()
  const { setups, companyId } = company
  const { personId } = await hire(company, { accountName: 'lilei' })
  const good = setupTokenOf(KEY, { companyId, personId })
  const others = setupTokenOf(Buffer.alloc(32, 9), { companyId, personId })
  for (const token of ['x', others, good.slice(0, -1), `${good}=`, good.replace('.1.', '.2.')]) {
    await expect(setups.setUpPassword({ token, password: NEW })).rejects.toMatchObject(INVALID)
  }
})

test('whoever has the account is told at the old address when it gets another', async () => {
  const company = await withMail()
  const { people, create, setups, companyId, mailed, sink } = company
  const { personId } = await hire(company, { accountName: 'lilei', email: EMAIL })
  await mailed(1)
  await setPassword({ setups }, { companyId, personId })
  await mailed(2)
  await people.setAccount({ personId, accountName: 'lilei', email: 'else@example.com' }, create())
  await mailed(3)
  expect(sink.received[2]).toMatchObject({ to: [EMAIL], subject: '您的账号信息已更改 / Your account was changed' })
})

test('a mail that the server does not take comes later', async () => {
  const company = await withMail()
  const { sink, mailed, time } = company
  sink.refuseWith = new Error('try again later')
  await hire(company, { accountName: 'lilei', email: EMAIL })
  await new Promise((done) => setTimeout(done, 1_500))
  expect(sink.received).toEqual([])
  sink.refuseWith = undefined
  time.pass(900)
  await mailed(1)
})

test('without an address nothing is mailed, and a person without an account has no link', async () => {
  const company = await withMail()
  const { people, create, sink } = company
  await hire(company, { accountName: 'lilei' })
  const { personId } = await people.createPerson(
    {
      displayName: '韩梅梅',
      assignment: { orgUnitId: company.rootUnitId, positionId: await company.position('经理'), from: '2026-01-01' },
    },
    create(),
  )
  await expect(people.offerPasswordSetup({ personId }, create())).rejects.toMatchObject({
    kind: 'conflict',
    code: 'person_has_no_account',
  })
  expect(sink.received).toEqual([])
})
