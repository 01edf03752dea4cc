import type { DescService } from '@bufbuild/protobuf'

/** The services of the platform. The name is that of the database, the topic and the variable (`AFTER_SALES_ADDRESS`). */
export const CONTEXTS = [
  'organization',
  'customers',
  'orders',
  'after-sales',
  'performance',
  'training',
  'incentives',
  'reporting',
  'gateway',
] as const
export type Context = (typeof CONTEXTS)[number]

/** The services that have policies (`packages/policy`): where the gateway asks for those of a company. */
export const POLICY_OWNERS = ['customers', 'orders'] as const satisfies readonly Context[]

/** Every host serves these for the contexts that it hosts; their requests name the context. */
const SHARED = /^saleswright\.api\./

/** The owner of a service of the contract, by its package: `saleswright.aftersales.v1` is of after-sales. */
export const contextOfService = ({ typeName }: Pick<DescService, 'typeName'>): Context => {
  const word = typeName.split('.')[1]
  const context = CONTEXTS.find((name) => name.replaceAll('-', '') === word)
  if (!context || SHARED.test(typeName)) throw new Error(`${typeName} belongs to no single context`)
  return context
}

/** Where another process answers for a context: `ORDERS_ADDRESS`. */
export const addressVariable = (context: Context): string => `${context.replaceAll('-', '_').toUpperCase()}_ADDRESS`
