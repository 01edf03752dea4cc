export type { Migration } from '@saleswright/store'
export {
  address,
  type Environment,
  type Form,
  optional,
  port,
  readConfig,
  readKey,
  readTogether,
  required,
  text,
  wholeNumber,
} from './config.ts'
export { addressVariable, CONTEXTS, type Context, POLICY_OWNERS } from './contexts.ts'
export type { Built, Job, Platform, ServiceDefinition } from './definition.ts'
export { type HostEnvironment, type Hosted, type HostedReaction, hostServices, readServiceSettings } from './host.ts'
export { identity } from './identity.ts'
export { type Level, openLog } from './log.ts'
export { type MainOptions, main } from './main.ts'
export type { AnsweredRequest, Metrics } from './metrics.ts'
export { operatorOf } from './operator.ts'
export type { ParkedOperations, ParkedRow } from './parked.ts'
export { type Part, type RunningParts, runParts } from './parts.ts'
export {
  type PasswordSetup,
  type PasswordSetupTokens,
  passwordSetupLink,
  passwordSetupTokens,
} from './password-setup.ts'
export { repeating } from './repeating.ts'
export { runUntilSignalled } from './run.ts'
export { sealingKey, serviceActor } from './secrets.ts'
export { type Issued, ownToken } from './service-token.ts'
export { nameRequestSpan } from './traced.ts'
