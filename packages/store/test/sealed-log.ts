import { generateKeyPairSync, sign, verify } from 'node:crypto'
import type { Seal } from '../src/index.ts'
import { type Account, ALL, account, COMPANY, cause, opened, paidIn, type withEngine } from './harness.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
export const seal: Seal = {
  keyId: 'audit-1',
  sign: (bytes) => sign(null, bytes, privateKey),
  verify: (bytes, signature, keyId) => keyId === 'audit-1' && verify(null, bytes, publicKey, signature),
}

/** A record as `verifyChain` is asked of it. */
export const record = (aggregateId: string, companyId = COMPANY) => ({ aggregateId, companyId })

/** A store with some accounts, each opened and then changed so many times. */
export const filledBy =
  (open: ReturnType<typeof withEngine>['open']) =>
  async (records = 3, changes = 3) => {
    const place = await open({ seal })
    const { store, accounts, db } = place
    const made: Account[] = []
    for (let index = 0; index < records; index++) {
      let record = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
      for (let change = 0; change < changes; change++) {
        record = await store.transact(cause(), async (tx) =>
          tx.save(accounts, paidIn(await tx.get(accounts, ALL, record.id), 1n)),
        )
      }
      made.push(record)
    }
    return { ...place, made, events: db.collection<{ _id: string; version: number }>('events') }
  }
