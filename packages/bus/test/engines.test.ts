import { describeOn, type EngineProvider, engineProviders } from '@saleswright/testing/engines'
import { expect, onTestFinished, test } from 'vitest'
import { aBus, range } from './support.ts'

const tests = (start: EngineProvider['start']): void => {
  test('what a topic holds is told, though another makes it at this moment', async () => {
    const engines = await start()
    onTestFinished(engines.stop)
    const [maker, other] = [aBus(engines.kafka), aBus(engines.kafka)]
    for (const n of range(0, 20)) {
      const topics = [`topic-${n}`]
      const told = other.ensure(topics).then(() => other.extents(topics))
      await maker.ensure(topics)
      expect(await told).toHaveLength(12)
    }
  })
}

for (const provider of await engineProviders()) describeOn(provider, 'a new topic', tests)
