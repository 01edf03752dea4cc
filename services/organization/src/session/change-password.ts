import {
  type ChangePasswordRequest,
  ChangePasswordResponseSchema,
} from '@saleswright/contracts/saleswright/organization/v1/session_pb.ts'
import { AppError, companyScope, unauthenticated } from '@saleswright/kernel'
import { type Call, claimsOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { type Account, accountIdOf, revokeSession, setPassword } from '../account/account.ts'
import { checkPassword, hashPassword, isPassword } from '../account/password.ts'
import { expectUnlocked, noSignIns, refused, type SignIns, signInsIdOf } from '../account/sign-ins.ts'
import { keyed } from '../keyed.ts'
import type { Books } from '../repositories.ts'
import { end } from './session.ts'

const isWrongPassword = (error: unknown): boolean => error instanceof AppError && error.code === 'sign_in_failed'

/** By somebody who knows the old one. Guesses count like those at sign-in; every other session ends. */
export const changePassword = async (
  books: Books,
  secret: Uint8Array,
  { currentPassword, newPassword }: ChangePasswordRequest,
  call: Call,
): Promise<void> => {
  const { id: personId, companyId } = call.actor
  const scope = companyScope(companyId)
  const id = accountIdOf(personId)
  const none = noSignIns(signInsIdOf(id), companyId, personId)
  const before = await books.accounts.get(scope, id)
  checkPassword(newPassword, before.accountName, 'newPassword')
  const good = await isPassword(currentPassword, before.passwordHash)
  const passwordHash = await hashPassword(newPassword)
  // Looked at after the comparing, so that guesses at the same moment meet the lock like those behind each other.
  const unlocked = async (tx: Tx): Promise<SignIns> => {
    const signIns = (await tx.find(books.signIns, scope, none.id)) ?? none
    expectUnlocked(signIns, call.at)
    return signIns
  }
  try {
    await books.store.answer(keyed(call, secret), ChangePasswordResponseSchema, async (tx) => {
      await unlocked(tx)
      const account = await tx.get(books.accounts, scope, id)
      if (!good || account.passwordHash !== before.passwordHash) throw unauthenticated('sign_in_failed')
      const set = tx.save(books.accounts, setPassword(account, passwordHash))
      books.post.tell(tx, set, 'password_changed')
      await endOthers(tx, books, set, call)
      return {}
    })
  } catch (error) {
    if (!isWrongPassword(error)) throw error
    await books.store.transact(call, async (tx) => tx.save(books.signIns, refused(await unlocked(tx), call.at)))
    throw error
  }
}

const endOthers = async (tx: Tx, { sessions, accounts }: Books, account: Account, call: Call): Promise<void> => {
  const { sid } = claimsOf(call.token)
  const others = await tx.findBy(sessions, companyScope(account.companyId), {
    personId: account.personId,
    endedAt: { $exists: false },
    _id: { $ne: sid },
  })
  let current = account
  for (const session of others) {
    tx.put(sessions, end(session, call.at))
    current = tx.save(accounts, revokeSession(current, session.id, 'password_changed', call.at))
  }
}
