import { expect, test, vi } from 'vitest'
import { aClock, aCompany, PASSWORD, signedIn, start } from './platform.ts'

const WRONG = { accountName: 'root', password: 'twelve green bottles' }
const RIGHT = { accountName: 'root', password: PASSWORD }
const NOBODY = { accountName: 'nobody', password: PASSWORD }

const open = async () => {
  // From now on: the ids of sessions tell their time too.
  const time = aClock(new Date())
  const { hosted } = await start([], { clock: time.clock })
  return { hosted, time, ...(await aCompany(hosted)) }
}

test('five failures in a row lock the account, also for the right password, and a while later it opens', async () => {
  const { sessions, time } = await open()
  for (let time = 0; time < 5; time++) {
    await expect(sessions.createSession(WRONG)).rejects.toMatchObject({ code: 'sign_in_failed' })
  }
  const locked = { kind: 'limited', code: 'account_locked', retryAfterSeconds: 60 }
  await expect(sessions.createSession(RIGHT)).rejects.toMatchObject(locked)
  await expect(sessions.createSession(WRONG)).rejects.toMatchObject(locked)
  time.pass(60)
  await expect(sessions.createSession(RIGHT)).resolves.toMatchObject({ expiresInSeconds: 300 })
  await expect(sessions.createSession(WRONG)).rejects.toMatchObject({ code: 'sign_in_failed' })
})

test('parallel guesses are no more than guesses one after the other', async () => {
  const { sessions } = await open()
  const guesses = await Promise.allSettled(Array.from({ length: 12 }, () => sessions.createSession(WRONG)))
  const codes = guesses.map((guess) => (guess.status === 'rejected' ? guess.reason.code : 'in'))
  expect(codes.filter((code) => code === 'sign_in_failed').length).toBeLessThanOrEqual(5)
  expect(codes).not.toContain('in')
})

test('a name that nobody has is answered like a wrong password, and locked like one', async () => {
  const { sessions } = await open()
  const answers = async (credentials: typeof RIGHT) => {
    const codes: string[] = []
    for (let time = 0; time < 7; time++) {
      await sessions.createSession(credentials).catch((error: { code: string }) => codes.push(error.code))
    }
    return codes
  }
  expect(await answers(NOBODY)).toEqual(await answers(WRONG))
})

test('a refresh token is good once; used again it ends the session and its access tokens', async () => {
  const { sessions } = await open()
  const first = await sessions.createSession(RIGHT)
  const second = await sessions.refreshSession({ refreshToken: first.refreshToken })
  const third = await sessions.refreshSession({ refreshToken: second.refreshToken })
  const other = await sessions.createSession(RIGHT)

  const stolen = { refreshToken: first.refreshToken }
  await expect(sessions.refreshSession(stolen)).rejects.toMatchObject({ code: 'refresh_token_reused' })
  for (const { refreshToken } of [second, third]) {
    await expect(sessions.refreshSession({ refreshToken })).rejects.toMatchObject({ code: 'refresh_token_invalid' })
  }
  await vi.waitFor(
    () => expect(sessions.getMe({}, { token: third.accessToken })).rejects.toMatchObject({ code: 'session_revoked' }),
    { timeout: 20_000 },
  )
  await expect(sessions.getMe({}, { token: other.accessToken })).resolves.toMatchObject({ accountName: 'root' })
})

test('of parallel uses of one refresh token at most one succeeds', async () => {
  const { sessions } = await open()
  const { refreshToken } = await sessions.createSession(RIGHT)
  const uses = await Promise.allSettled(Array.from({ length: 6 }, () => sessions.refreshSession({ refreshToken })))
  expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a refresh token of our making with another session or generation is refused', async () => {
  const { sessions } = await open()
  const { refreshToken } = await sessions.createSession(RIGHT)
  const forged = refreshToken.replace(/\.1\./, '.2.')
  await expect(sessions.refreshSession({ refreshToken: forged })).rejects.toMatchObject({
    code: 'refresh_token_invalid',
  })
  await expect(sessions.refreshSession({ refreshToken })).resolves.toBeDefined()
})

test('signing out ends the session, and only that one', async () => {
  const { sessions } = await open()
  const [one, other] = [await sessions.createSession(RIGHT), await sessions.createSession(RIGHT)]
  await sessions.endSession({}, { token: one.accessToken })
  await expect(sessions.refreshSession({ refreshToken: one.refreshToken })).rejects.toMatchObject({
    code: 'refresh_token_invalid',
  })
  await vi.waitFor(
    () => expect(sessions.getMe({}, { token: one.accessToken })).rejects.toMatchObject({ code: 'session_revoked' }),
    { timeout: 20_000 },
  )
  await expect(sessions.refreshSession({ refreshToken: other.refreshToken })).resolves.toBeDefined()
})

test('another password: the old one opens nothing, other sessions end, guesses at the old one are counted', async () => {
  const { sessions, token } = await open()
  const elsewhere = await sessions.createSession(RIGHT)
  const change = (currentPassword: string) =>
    sessions.changePassword({ currentPassword, newPassword: 'a dozen green bottles' }, { token })
  await expect(change('twelve green bottles')).rejects.toMatchObject({ code: 'sign_in_failed' })
  await expect(
    sessions.changePassword({ currentPassword: PASSWORD, newPassword: 'short' }, { token }),
  ).rejects.toMatchObject({ code: 'weak_password' })
  await change(PASSWORD)
  await expect(sessions.createSession(RIGHT)).rejects.toMatchObject({ code: 'sign_in_failed' })
  await expect(sessions.refreshSession({ refreshToken: elsewhere.refreshToken })).rejects.toMatchObject({
    code: 'refresh_token_invalid',
  })
  await expect(signedIn({ sessions }, 'root', 'a dozen green bottles')).resolves.toBeDefined()
})

test('parallel guesses at the old password are no more than guesses one after the other', async () => {
  const { sessions, token } = await open()
  const guesses = ['twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
  const outcomes = await Promise.allSettled(
    guesses.map((word) =>
      sessions.changePassword(
        { currentPassword: `${word} green bottles`, newPassword: 'a dozen green bottles' },
        { token },
      ),
    ),
  )
  const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'in'))
  expect(codes.filter((code) => code === 'sign_in_failed').length).toBeLessThanOrEqual(5)
  expect(codes).not.toContain('in')
  const right = { currentPassword: PASSWORD, newPassword: 'a dozen green bottles' }
  await expect(sessions.changePassword(right, { token })).rejects.toMatchObject({ code: 'account_locked' })
})

test('another role is in force at the next renewal, and the tokens of before are refused', async () => {
  const { time, sessions, roles, unit, role, position, person, create } = await open()
  const reading = await role('读', 'orders.read@self')
  const place = { orgUnitId: await unit('一组'), positionId: await position('销售员', [reading]) }
  await person('李雷', place, 'lilei')
  const before = await sessions.createSession({ accountName: 'lilei', password: PASSWORD })
  time.pass(60)
  await roles.updateRole({ roleId: reading, grants: ['orders.read@company'] }, create())
  await vi.waitFor(
    () => expect(sessions.getMe({}, { token: before.accessToken })).rejects.toMatchObject({ code: 'session_revoked' }),
    { timeout: 20_000 },
  )
  const after = await sessions.refreshSession({ refreshToken: before.refreshToken })
  expect(await sessions.getMe({}, { token: after.accessToken })).toMatchObject({
    grants: ['orders.read@company', 'session@self'],
  })
})

test('an access token is good for five minutes', async () => {
  const { hosted, token, time } = await open()
  expect(await hosted.verify(token)).toMatchObject({ kind: 'staff' })
  time.pass(301 + 60)
  await expect(hosted.verify(token)).rejects.toMatchObject({ code: 'token_expired' })
})
