import { ReportService } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import type { Hosted } from '@saleswright/service'
import { openSuite } from '@saleswright/testing'
import mongoose from 'mongoose'
import { afterAll } from 'vitest'
import { KINDS } from '../src/figures/kinds.ts'
import { SOURCES, type Source } from '../src/models/all.ts'
import { reporting } from '../src/service.ts'
import { COMPANY, type Fact } from './facts.ts'
import { producer } from './producer.ts'

const READ = [...new Set(Object.values(KINDS).map(({ permission }) => permission)), 'customers.read']

/** Reports and everything that they count, as far as `reach`. */
export const allReports = (reach: string): readonly string[] =>
  ['reports.read', ...READ].map((permission) => `${permission}@${reach}`)

/** The service on engines of its own, beside five producers in the place of those that it listens to. */
export const openStage = async (config: Readonly<Record<string, string>> = {}) => {
  const producers = new Map(SOURCES.map((source) => [source, producer(source)]))
  const definitions = [...producers.values()].map(({ definition }) => definition)
  const { hosted, mongo, caller } = await openSuite([...definitions, reporting], { config })
  const connection = await mongoose.createConnection(mongo).asPromise()
  afterAll(() => connection.close())
  return {
    hosted,
    store: { connection: connection.useDb('reporting') },
    ...tellersOf(hosted, producers),
    reports: client(ReportService, hosted.transportOf(ReportService)),
    /** Somebody of a company, in a unit of it. */
    someone: (grants: readonly string[], { id = newId(), unitId = newId(), companyId = COMPANY } = {}) =>
      caller({ sub: id, companyId, unitId, grants }),
  }
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
