import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { MongoClient } from 'mongodb'
import { expect, onTestFinished, test } from 'vitest'
import { type RunningServer, startServer } from '../../src/mongo/server/server.ts'
import { temporaryFolder } from './harness.ts'

const connected = async (server: RunningServer): Promise<MongoClient> => {
  const client = await new MongoClient(server.uri).connect()
  onTestFinished(() => client.close())
  return client
}

const commitsOf = async (client: MongoClient): Promise<number> =>
  Number((await client.db('admin').command({ serverStatus: 1 })).groupCommit.commits)

test('all databases lie in one file, so that a turn with writes for several is one fsync', async () => {
  const folder = temporaryFolder()
  const server = await startServer({ folder, listen: 0 })
  const client = await connected(server)
  const names = ['orders', 'customers', 'reporting', 'incentives']
  for (const name of names) await client.db(name).createCollection('things')
  const before = await commitsOf(client)
  const models = names.map((name) => ({ namespace: `${name}.things`, name: 'insertOne' as const, document: { a: 1 } }))
  await client.bulkWrite(models)
  expect((await commitsOf(client)) - before).toBe(1)
  for (const name of names) expect(await client.db(name).collection('things').countDocuments()).toBe(1)
  expect(readdirSync(folder).filter((name) => name.endsWith('.sqlite'))).toEqual(['store.sqlite'])
  await client.close()
  await server.stop()
})

test('collections of one name in two databases are two, over a restart and when one database is dropped', async () => {
  const folder = temporaryFolder()
  const first = await startServer({ folder, listen: 0 })
  const client = await connected(first)
  await client.db('a').collection('things').createIndex({ n: 1 }, { unique: true })
  await client.db('a').collection('things').insertOne({ n: 1 })
  await client
    .db('b')
    .collection('things')
    .insertMany([{ n: 1 }, { n: 1 }])
  await client.close()
  await first.stop()

  const second = await startServer({ folder, listen: 0 })
  const again = await connected(second)
  await expect(again.db('a').collection('things').insertOne({ n: 1 })).rejects.toMatchObject({ code: 11000 })
  const listed = await again.db().admin().listDatabases()
  expect(listed.databases.map(({ name }) => name)).toEqual(['a', 'b'])
  await again.db('a').dropDatabase()
  expect(await again.db('b').collection('things').countDocuments({ n: 1 })).toBe(2)
  expect(await again.db('a').listCollections().toArray()).toEqual([])
  await again.close()
  await second.stop()
})

test('a format that this version does not know is refused in a sentence, and left as it is', async () => {
  const folder = temporaryFolder()
  await (await startServer({ folder, listen: 0 })).stop()
  const path = join(folder, 'store.sqlite')
  const newer = new DatabaseSync(path)
  newer.exec('pragma user_version = 99')
  newer.close()
  const refusal = /store\.sqlite has format \d+\/99; this version reads \d+\/3/
  await expect(startServer({ folder, listen: 0 })).rejects.toThrow(refusal)
  // The folder is not locked by the attempt.
  await expect(startServer({ folder, listen: 0 })).rejects.toThrow(refusal)
})

test('a folder with a file for each database, the format before, is refused by name', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'orders.sqlite'), '')
  await expect(startServer({ folder, listen: 0 })).rejects.toThrow(/orders\.sqlite is of format 1/)
})
