import { type Environment, type Form, optional, readConfig, wholeNumber } from '@saleswright/service'
import { proxiesIn } from './addresses.ts'

const requests = wholeNumber(1, 999_999_999, 'a whole number of requests, 1 or more')

const proxies: Form<(address: string) => boolean> = {
  parse: proxiesIn,
  says: 'addresses and ranges with commas between, as in 10.0.0.0/8,loopback',
}

/** What the edge reads from its environment, wherever it runs. */
export const readEdgeSettings = (environment: Environment) =>
  readConfig(
    {
      perMinute: optional('RATE_LIMIT_PER_MINUTE', requests, undefined),
      isProxy: optional('TRUSTED_PROXIES', proxies, undefined),
    },
    environment,
  )
