import { type Clock, invalid, steady } from '@saleswright/kernel'
import type { Log } from '@saleswright/rpc'
import type { FastifyInstance } from 'fastify'

/** What a proxy says of the address that a request came from. */
const FORWARDING = ['x-forwarded-for', 'forwarded', 'x-real-ip'] as const

type Options = {
  readonly isProxy: (address: string) => boolean
  readonly clock: Clock
  readonly log: Log
  /** Told of every refusal. */
  readonly refused: () => void
}

const SAY_EVERY_MS = 60_000

/**
 * Whoever speaks for another address is a proxy, and one that nobody named: behind it everybody would count as one caller, and a
 * caller who only pretends to be one would choose its address. So it is refused until TRUSTED_PROXIES says which proxies there are.
 */
export const refuseUnknownProxies = (app: FastifyInstance, { isProxy, clock, log, refused }: Options): void => {
  const elapsed = steady(clock)
  let saidAt = Number.NEGATIVE_INFINITY
  const say = (address: string | undefined, header: string): void => {
    const now = elapsed()
    if (now - saidAt < SAY_EVERY_MS) return
    saidAt = now
    log.error({ address, header }, 'proxy not trusted: name it in TRUSTED_PROXIES, or take the header away')
  }
  app.addHook('onRequest', ({ headers, raw }, _, done) => {
    const header = FORWARDING.find((name) => headers[name] !== undefined)
    const { remoteAddress = '' } = raw.socket
    if (header === undefined || isProxy(remoteAddress)) return done()
    refused()
    say(remoteAddress, header)
    return done(invalid('proxy_not_trusted', { header }))
  })
}
