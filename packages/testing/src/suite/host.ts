import { type HostEnvironment, type Hosted, hostServices, type ServiceDefinition } from '@saleswright/service'
import { afterAll } from 'vitest'
import { type SuiteEngines, suiteBus, suiteEngines } from './engines.ts'
import { testLog } from './log.ts'
import type { Until } from './until.ts'

/** The SALESWRIGHT_KEY of every installation that a test makes. */
export const KEY = Buffer.alloc(32, 7)

/** Services in one process on engines that run already. What is given goes before what a suite has: its bus, its log, its key. */
export const hostOn = async (
  engines: Pick<SuiteEngines, 'mongo' | 'kafka'>,
  definitions: readonly ServiceDefinition[],
  given: Partial<HostEnvironment> = {},
  until: Until = afterAll,
): Promise<Hosted> => {
  const { log = testLog } = given
  const bus = given.bus ?? suiteBus(engines.kafka, log, until)
  const hosted = await hostServices(definitions, { mongo: engines.mongo, key: KEY, ...given, log, bus })
  until(hosted.stop)
  return hosted
}

/** The same on engines of their own. */
export const startHost = async (
  definitions: readonly ServiceDefinition[],
  given: Partial<HostEnvironment> = {},
  until: Until = afterAll,
) => {
  const engines = await suiteEngines(until)
  return { hosted: await hostOn(engines, definitions, given, until), ...engines }
}
