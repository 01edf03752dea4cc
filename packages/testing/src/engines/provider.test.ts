import mongoose from 'mongoose'
import { expect, onTestFinished, test } from 'vitest'
import { describeOn, engineProvider } from './provider.ts'

test('the embedded engines are chosen where nothing is said', async () => {
  expect(await engineProvider({})).toMatchObject({ name: 'embedded' })
})

test('an unknown word is refused with those there are', async () => {
  await expect(engineProvider({ ENGINES: 'postgres' })).rejects.toThrow('embedded, env, containers, native')
})

test('what cannot run says why', async () => {
  const missing = async (environment: Record<string, string>) => (await engineProvider(environment)).missing
  expect(await missing({ ENGINES: 'env' })).toBe('MONGODB_URI and KAFKA_BROKERS are not both set')
  const nowhere = { MONGODB_URI: 'mongodb://127.0.0.1:1/?directConnection=true', KAFKA_BROKERS: '127.0.0.1:1' }
  expect(await missing({ ENGINES: 'env', ...nowhere })).toBe('nothing answers at MONGODB_URI')
})

test('engines that run already are taken when they are empty, and only then', async () => {
  const running = await (await engineProvider({})).start()
  onTestFinished(running.stop)
  const provider = await engineProvider({ ENGINES: 'env', MONGODB_URI: running.mongo, KAFKA_BROKERS: running.kafka })
  expect(provider.missing).toBeUndefined()
  const engines = await provider.start()
  const connection = await mongoose.createConnection(engines.mongo).asPromise()
  onTestFinished(() => connection.close())
  await connection.useDb('orders').collection('orders').insertOne({ total: 1 })
  await expect(provider.start()).rejects.toThrow('it has orders')
})

describeOn(await engineProvider(), 'engines of a test', (start) => {
  test('answer the driver until they are stopped', async () => {
    const engines = await start()
    const connection = await mongoose.createConnection(engines.mongo).asPromise()
    const rows = connection.useDb('orders').collection('orders')
    await rows.insertOne({ total: 1 })
    expect(await rows.countDocuments()).toBe(1)
    await connection.close()
    await engines.stop()
  })
})
