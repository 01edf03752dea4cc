import { type Environment, type Form, optional, readConfig, text } from '@saleswright/service'

const requests: Form<number> = {
  parse: (value) => (/^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined),
  says: 'a whole number of requests, 1 or more',
}

/** What the edge reads from its environment, wherever it runs. */
export const readEdgeSettings = (environment: Environment) =>
  readConfig(
    {
      perMinute: optional('RATE_LIMIT_PER_MINUTE', requests, undefined),
      proxies: optional('TRUSTED_PROXIES', text, undefined),
    },
    environment,
  )
