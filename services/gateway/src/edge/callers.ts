import type { IncomingMessage } from 'node:http'
import type { Actor } from '@saleswright/kernel'
import { bearer, type Verify } from '@saleswright/rpc'
import type { FastifyRequest } from 'fastify'
import { networkOf } from './addresses.ts'

/** Whoever sends a request, as far as the edge can know: a partner, somebody of the staff, or an address. */
export type Caller = {
  readonly id: string
  readonly kind: 'partner' | 'staff' | 'stranger'
  /** Of a stranger: why its token, or that it has none, is refused where one is needed. */
  readonly refusal?: unknown
}

export type Callers = {
  /** For a hook before everything that counts by caller. */
  readonly identify: (request: FastifyRequest) => Promise<void>
  readonly of: (request: FastifyRequest) => Caller
}

const knownBy = ({ kind, partnerId, id }: Actor): Caller => ({
  id: partnerId ?? id,
  kind: kind === 'partner' ? 'partner' : 'staff',
})

/** Reads the token of each request once. One that cannot be verified is that of a stranger, who counts by address. */
export const callersBy = (verify: Verify): Callers => {
  const known = new WeakMap<IncomingMessage, Caller>()
  return {
    async identify({ raw, headers, ip }) {
      const actor = await verified(verify, headers.authorization)
      const stranger = { id: networkOf(ip), kind: 'stranger', refusal: actor.refusal } as const
      known.set(raw, actor.actor ? knownBy(actor.actor) : stranger)
    },
    of({ raw }) {
      const caller = known.get(raw)
      if (!caller) throw new Error('The caller of this request was not identified')
      return caller
    },
  }
}

const verified = async (verify: Verify, authorization: string | undefined) => {
  try {
    return { actor: await verify(bearer(authorization)) }
  } catch (refusal) {
    return { refusal }
  }
}
