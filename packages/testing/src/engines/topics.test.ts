import { expect, onTestFinished, test } from 'vitest'
import { suiteBus } from '../suite/engines.ts'
import { describeOn, type EngineProvider, engineProviders } from './provider.ts'

const tests = (start: EngineProvider['start']): void => {
  test('what a topic holds is told, though another makes it at this moment', async () => {
    const engines = await start()
    onTestFinished(engines.stop)
    const aBus = () => suiteBus(engines.kafka, undefined, onTestFinished)
    const [maker, other] = [aBus(), aBus()]
    for (let n = 0; n < 20; n++) {
      const topics = [`topic-${n}`]
      const told = other.ensure(topics).then(() => other.extents(topics))
      await maker.ensure(topics)
      expect(await told).toHaveLength(12)
    }
  })
}

for (const provider of await engineProviders()) describeOn(provider, 'a new topic', tests)
