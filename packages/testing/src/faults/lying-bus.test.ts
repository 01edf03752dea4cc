import { create } from '@bufbuild/protobuf'
import { when } from '@saleswright/bus'
import { CustomerChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { type Aggregate, companyScope, newId } from '@saleswright/kernel'
import { hostServices, type ServiceDefinition } from '@saleswright/service'
import type { Mapping, Repository } from '@saleswright/store'
import { Schema } from 'mongoose'
import { expect, onTestFinished, test, vi } from 'vitest'
import { suiteEngines } from '../suite/engines.ts'
import { KEY } from '../suite/host.ts'
import { testLog } from '../suite/log.ts'
import { peer } from '../suite/peer.ts'
import { lyingBus } from './lying-bus.ts'

const COMPANY = newId()
const ALL = companyScope(COMPANY)

type Copy = Aggregate & { readonly told: readonly string[] }

const copies: Mapping<Copy, { told: readonly string[] }> = {
  name: 'copy',
  collection: 'copies',
  schema: new Schema({ told: [String] }, { strict: 'throw', versionKey: false }),
  version: 1,
  document: ({ told }) => ({ told }),
  record: ({ told }) => ({ told }),
  reaches: [],
}

/** Writes down what it is told of each record, in the order in which it is told. */
const aReader = () => {
  let repository: Repository<Copy> | undefined
  const heard = when(CustomerChangedSchema, async ({ customerId: id, name }, { tx }) => {
    if (!repository) throw new Error('the reader does not run')
    const copy = (await tx.find(repository, ALL, id)) ?? { id, version: 0, companyId: COMPANY, told: [] }
    tx.put(repository, { ...copy, told: [...copy.told, name] })
  })
  const definition: ServiceDefinition = {
    name: 'reporting',
    build: ({ store }) => {
      repository = store.repository(copies)
      return { bounds: [], mappings: [copies], reactions: [{ name: 'copies', from: ['customers'], handlers: [heard] }] }
    },
  }
  const told = async (id: string): Promise<readonly string[]> => (await repository?.find(ALL, id))?.told ?? []
  return { definition, told }
}

/** An owner that tells words of its records, and a reader, with a lying bus between them. */
const aStory = async (seed: number, unguarded = false) => {
  const { mongo } = await suiteEngines(onTestFinished)
  const bus = lyingBus({ seed, log: testLog, unguarded })
  const [owner, reader] = [peer('customers'), aReader()]
  const jwks = async () => []
  const given = { mongo, bus, key: KEY, log: testLog, jwks }
  const hosted = await hostServices([owner.definition, reader.definition], given)
  onTestFinished(hosted.stop)
  const ids = Array.from({ length: 8 }, () => newId())
  let words = 0
  const tell = async (rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      const event = (customerId: string) => create(CustomerChangedSchema, { customerId, name: `w${words}` })
      await Promise.all(ids.map((id) => owner.tell(COMPANY, { aggregateId: id, event: event(id) })))
      words++
    }
  }
  const allTold = () => Promise.all(ids.map(reader.told))
  const expected = () => ids.map(() => Array.from({ length: words }, (_, word) => `w${word}`))
  return { bus, hosted, tell, allTold, expected }
}

/* `npm run faults` gives others, and more. */
const { SEED = '7', KILLS = '8' } = process.env
const STORIES = Math.ceil(Number(KILLS) / 8)
const ROUNDS = 10

test.each(Array.from({ length: STORIES }, (_, story) => Number(SEED) + story))(
  'F7, F10, F15: behind a bus that lies, seed %d, every reader has had everything once and in order',
  async (seed) => {
    const { bus, hosted, tell, allTold, expected } = await aStory(seed)
    bus.lie()
    do await tell(ROUNDS)
    while (!bus.liedEnough())
    bus.repent()
    await hosted.drained()
    expect(await allTold()).toEqual(expected())
  },
  120_000,
)

test('F15: without positions and their owner’s word a tail that the bus forgot is never told', async () => {
  const { bus, tell, allTold, expected } = await aStory(1, true)
  await tell(5)
  await vi.waitFor(async () => expect(await allTold()).toEqual(expected()), { timeout: 20_000 })
  bus.hold()
  await tell(3)
  await vi.waitFor(() => expect(bus.acknowledged()).toHaveLength(64), { timeout: 20_000 })
  bus.forget(3)
  await tell(6)
  bus.release()
  await vi.waitFor(async () => expect((await allTold()).every((words) => words.at(-1) === 'w13')).toBe(true), {
    timeout: 20_000,
  })
  expect(await allTold()).not.toEqual(expected())
})
