import { kafka } from '@saleswright/bus'
import { ReportService } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { clientOptions } from '@saleswright/embedded'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { type Hosted, hostServices, openLog } from '@saleswright/service'
import { suiteEngines, type TestIdentity, testIdentity } from '@saleswright/testing'
import mongoose from 'mongoose'
import { afterAll } from 'vitest'
import { SOURCES, type Source } from '../src/models/all.ts'
import { reporting } from '../src/service.ts'
import { COMPANY, type Fact } from './facts.ts'
import { producer } from './producer.ts'

/** The service on engines of its own, beside five producers in the place of those that it listens to. */
export const openStage = async (config: Readonly<Record<string, string>> = {}) => {
  const identity = await testIdentity()
  const producers = new Map(SOURCES.map((source) => [source, producer(source)]))
  const engines = await suiteEngines()
  const log = openLog('test', process.env.DEBUG_LOG ? 'debug' : 'silent')
  const bus = kafka({ clientId: 'test', log, ...clientOptions(engines.kafka) })
  const connection = await mongoose.createConnection(engines.mongo).asPromise()
  const definitions = [...producers.values()].map(({ definition }) => definition)
  const hosted = await hostServices([...definitions, reporting], {
    mongo: engines.mongo,
    bus,
    log,
    config,
    key: Buffer.alloc(32, 7),
    jwks: identity.jwks,
    serviceToken: () => identity.serviceToken(),
  })
  // Hooks run last one first: the host stops before its engines do.
  afterAll(async () => {
    await hosted.stop()
    await connection.close()
    await bus.close()
  })
  const store = { connection: connection.useDb('reporting') }
  return { hosted, store, ...tellersOf(hosted, producers), ...callersOf(hosted, identity) }
}

const tellersOf = (hosted: Hosted, producers: ReadonlyMap<Source, ReturnType<typeof producer>>) => {
  const tell = async (source: Source, ...facts: readonly Fact[]): Promise<string> => {
    const told = await producers.get(source)?.tell(facts)
    return told ?? ''
  }
  return {
    tell,
    drained: hosted.drained,
    /** Tells all of it, each record's facts in their order. */
    tellStory: async (story: readonly (Fact & { readonly source: Source })[]): Promise<void> => {
      for (const [source, facts] of Map.groupBy(story, (fact) => fact.source)) await tell(source, ...facts)
      await hosted.drained()
    },
  }
}

const callersOf = ({ transportOf }: Hosted, identity: TestIdentity) => ({
  reports: client(ReportService, transportOf(ReportService)),
  /** Somebody, and how they call: with a token and a new idempotency key each time. */
  someone: async (grants: readonly string[], { id = newId(), unitId = newId(), companyId = COMPANY } = {}) => {
    const token = await identity.tokenFor({ sub: id, companyId, unitId, grants })
    return { id, as: (idempotencyKey: string = newId()) => ({ token, idempotencyKey }) }
  },
})
