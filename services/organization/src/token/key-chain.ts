import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type Cause, type Clock, derivedId, newId, steady } from '@saleswright/kernel'
import type { Repository, SealedAt, Sealer, Store, Tx } from '@saleswright/store'
import { INSTALLATION, installationScope } from '../installation.ts'
import { believedAt, type KeyMaterial, rotate, type SigningKey, signingKeyAt } from './signing-key.ts'

/** How long a rotation of another replica may stay unnoticed; a new key is shown for longer before it signs. */
const REMEMBERED_MS = 5_000

export type KeyChain = {
  /** The key to sign with at an instant; the very first is made when it is first asked for. */
  readonly signer: (at: Date) => Promise<{ readonly kid: string; readonly privateKey: KeyObject }>
  readonly believed: (at: Date) => Promise<readonly SigningKey[]>
  /** Stages a new key, and gives all there are with it. */
  readonly rotate: (tx: Tx) => Promise<readonly SigningKey[]>
  /** After a rotation: the keys are read anew. */
  readonly forget: () => void
}

type Options = {
  readonly store: Pick<Store, 'transact'>
  readonly keys: Repository<SigningKey>
  /** For the private halves. */
  readonly sealer: Sealer
  readonly clock: Clock
  readonly cause: () => Cause
}

const belongingTo = (kid: string): SealedAt => ({ subject: kid, field: 'private-half' })

const newMaterial = (sealer: Sealer, number: number): KeyMaterial => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const kid = newId()
  return {
    // Two that rotate at once want the same id: one of them goes first, the other counts again.
    id: derivedId('signing-key', String(number)),
    companyId: INSTALLATION,
    kid,
    x: publicKey.export({ format: 'jwk' }).x ?? '',
    sealed: sealer.seal(belongingTo(kid), privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()),
  }
}

/** What was read counts for a while; a failed reading does not. */
const remembered = (ask: () => Promise<readonly SigningKey[]>, clock: Clock) => {
  const elapsed = steady(clock)
  let known: { readonly keys: Promise<readonly SigningKey[]>; readonly until: number } | undefined
  const forget = (): void => {
    known = undefined
  }
  const read = (): Promise<readonly SigningKey[]> => {
    const now = elapsed()
    if (known && now < known.until) return known.keys
    const keys = ask()
    known = { keys, until: now + REMEMBERED_MS }
    keys.catch(forget)
    return keys
  }
  return { read, forget }
}

export const keyChain = ({ store, keys, sealer, clock, cause }: Options): KeyChain => {
  const opened = new Map<string, KeyObject>()
  const { read, forget } = remembered(() => keys.findBy(installationScope, {}), clock)

  const rotateIn = async (tx: Tx): Promise<readonly SigningKey[]> => {
    const before = await tx.findBy(keys, installationScope, {})
    return [...before, tx.save(keys, rotate(before, newMaterial(sealer, before.length + 1), tx.at))]
  }
  const makeFirst = async (why: Cause): Promise<void> => {
    await store.transact(why, async (tx) => {
      const there = await tx.findBy(keys, installationScope, {}, { limit: 1 })
      if (there.length === 0) await rotateIn(tx)
    })
    forget()
  }

  const open = ({ kid, sealed }: SigningKey) => {
    const privateKey = opened.get(kid) ?? createPrivateKey(sealer.open(belongingTo(kid), sealed))
    opened.set(kid, privateKey)
    return { kid, privateKey }
  }

  const ready = async (at: Date): Promise<readonly SigningKey[]> => {
    const there = await read()
    if (signingKeyAt(there, at)) return there
    await makeFirst({ ...cause(), at })
    return read()
  }
  return {
    signer: async (at) => {
      const key = signingKeyAt(await ready(at), at)
      if (!key) throw new Error(`No signing key is in force at ${at.toISOString()}`)
      return open(key)
    },
    believed: async (at) => believedAt(await ready(at), at),
    rotate: rotateIn,
    forget,
  }
}
