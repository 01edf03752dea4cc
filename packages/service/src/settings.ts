import {
  address,
  type Environment,
  type Form,
  listOf,
  mongoUri,
  oneOf,
  optional,
  port,
  readConfig,
  readKey,
  readTogether,
  required,
  text,
} from './config.ts'
import { addressVariable, CONTEXTS, type Context } from './contexts.ts'
import { LEVELS } from './log.ts'
import type { Addresses } from './topology.ts'

const grpcAddress: Form<string> = {
  parse: (value) => (value.startsWith('unix:') || !value.startsWith('/') ? address.parse(value) : undefined),
  says: 'an address such as orders:7001, dns:///orders:7001, ipv4:10.0.0.1:7001,10.0.0.2:7001 or unix:/run/orders.sock',
}

const COMMON = {
  mongo: required('MONGODB_URI', mongoUri),
  brokers: required('KAFKA_BROKERS', listOf(address)),
  listen: optional('LISTEN', grpcAddress, '0.0.0.0:7000'),
  advertise: optional('ADVERTISE', grpcAddress, undefined),
  operatorPort: optional('OPERATOR_PORT', port, 9464),
  operatorHost: optional('OPERATOR_HOST', text, '0.0.0.0'),
  level: optional('LOG_LEVEL', oneOf(...LEVELS), 'info' as const),
  issuer: optional('TOKEN_ISSUER', text, 'saleswright'),
}

/** What a service that runs alone reads from its environment; its README lists them. */
export const readSettings = (context: Context, environment: Environment) => {
  const { own, ...others } = readTogether({
    own: () => readConfig(COMMON, environment),
    key: () => readKey(environment),
    remote: () => readAddresses(context, environment),
  })
  return { ...own, ...others }
}

/** Nobody can do without organization, which makes and judges the tokens. */
const readAddresses = (own: Context, environment: Environment): Addresses => {
  const others = CONTEXTS.filter((context) => context !== own)
  const settings = others.map((context) => {
    const variable = addressVariable(context)
    const needed = context === 'organization'
    return [context, needed ? required(variable, grpcAddress) : optional(variable, grpcAddress, undefined)] as const
  })
  const found = readConfig(Object.fromEntries(settings), environment)
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
