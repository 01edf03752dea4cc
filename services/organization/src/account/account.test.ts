import {
  PasswordChangedSchema,
  SessionsRevokedSchema,
} from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { describe, expect, test } from 'vitest'
import {
  accountKey,
  closeAccount,
  isSetupGood,
  offerSetup,
  openAccount,
  renameAccount,
  revokeAll,
  setPassword,
} from './account.ts'
import { checkPassword, hashPassword, isPassword } from './password.ts'
import { expectUnlocked, FREE_FAILURES, noSignIns, refused, type SignIns, succeeded } from './sign-ins.ts'

const AT = new Date('2026-03-02T02:00:00Z')
const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000)

test.each(['ＬiLei', ' lilei ', 'LILEI'])('"%s" names the same account', (name) =>
  expect(accountKey(name)).toBe('lilei'),
)

describe('an account', () => {
  const { next: account } = openAccount('p1', 'c1', { accountName: 'lilei' })
  const revoked = { $typeName: SessionsRevokedSchema.typeName, subjectId: 'p1' }

  test('begins without a password', () => expect(account.passwordHash).toBeUndefined())

  test('takes the last of its links, once, and for a week', () => {
    const first = offerSetup(account, AT).next
    const second = offerSetup(first, AT).next
    const week = 7 * 86_400
    expect([1, 2, 3].map((number) => isSetupGood(second, number, AT))).toEqual([false, true, false])
    expect([week - 1, week].map((seconds) => isSetupGood(second, 2, after(seconds)))).toEqual([true, false])
    const { next: set, events } = setPassword(second, 'x')
    expect(events).toMatchObject([{ $typeName: PasswordChangedSchema.typeName, personId: 'p1' }])
    expect(isSetupGood(set, 2, AT)).toBe(false)
    expect(isSetupGood(offerSetup(set, AT).next, 3, AT)).toBe(true)
  })

  test('takes no link any more when it is closed', () => {
    expect(isSetupGood(closeAccount(offerSetup(account, AT).next, AT).next, 1, AT)).toBe(false)
  })

  test('revokes tokens that were issued after a revocation in the same second', () => {
    const once = revokeAll(account, 'transferred', AT).next
    const twice = revokeAll(once, 'left', AT).next
    // Tokens after the first say the first full second from then.
    expect(twice.revokedAt?.getTime()).toBeGreaterThan(Math.ceil(AT.getTime() / 1_000) * 1_000)
  })

  test('is renamed once', () => {
    const { next, events } = renameAccount(account, { accountName: 'li.lei' })
    expect([next.accountName, events.length]).toEqual(['li.lei', 1])
    expect(renameAccount(next, { accountName: 'li.lei' }).events).toEqual([])
  })

  test('is closed once', () => {
    const { next, events } = closeAccount(account, AT)
    expect(events).toMatchObject([revoked])
    expect(closeAccount(next, AT).events).toEqual([])
  })
})

describe('failed attempts', () => {
  const failed = (times: number, at = AT): SignIns => {
    let signIns = noSignIns('s1', 'c1', 'p1')
    for (let time = 0; time < times; time++) signIns = refused(signIns, at).next
    return signIns
  }

  test('some are free', () => expect(() => expectUnlocked(failed(FREE_FAILURES - 1), AT)).not.toThrow())

  test.each([
    [FREE_FAILURES, 60],
    [FREE_FAILURES + 1, 120],
    [FREE_FAILURES + 2, 240],
    [FREE_FAILURES + 30, 900],
  ])('%i in a row lock for %i s', (times, seconds) => {
    const signIns = failed(times)
    expect(() => expectUnlocked(signIns, after(seconds - 1))).toThrow(
      expect.objectContaining({ code: 'account_locked', retryAfterSeconds: 1 }),
    )
    expect(() => expectUnlocked(signIns, after(seconds))).not.toThrow()
  })

  test('a success begins the count anew', () => {
    expect(succeeded(failed(4), 'sid').next).toMatchObject({ failures: 0, lockedUntil: undefined })
  })
})

describe('a password', () => {
  test('is known by its hash, which never looks the same', async () => {
    const [one, other] = await Promise.all([hashPassword('eleven green bottles'), hashPassword('eleven green bottles')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(other)
    expect(await isPassword('eleven green bottles', one)).toBe(true)
    expect(await isPassword('eleven green bottle', one)).toBe(false)
    expect(await isPassword('eleven green bottles', undefined)).toBe(false)
  })

  test('leaves the event loop to others while it is hashed', async () => {
    let turns = 0
    const turning = setInterval(() => {
      turns += 1
    }, 0)
    await Promise.all(Array.from({ length: 4 }, () => hashPassword('eleven green bottles')))
    clearInterval(turning)
    expect(turns).toBeGreaterThan(5)
  })

  test.each(['short', 'aaaaaaaaaaaaaaa', 'ababababababab', 'my name is lilei'])('"%s" is weak', (password) => {
    expect(() => checkPassword(password, 'LiLei')).toThrow(expect.objectContaining({ code: 'weak_password' }))
  })

  test('ten Chinese characters are as good as any', () => {
    expect(() => checkPassword('床前明月光疑是地上霜', 'lilei')).not.toThrow()
  })
})
