import { connectStore } from '@saleswright/store'
import { expect, onTestFinished, test } from 'vitest'
import { startEngines } from './engines.ts'
import { tiny } from './tiny-platform.ts'

test('a host goes on at once with the leases of its own name, which a killed process could not give up', async () => {
  const { create, titles, organization, customers, reporting } = tiny()
  const { host, socket } = await startEngines()
  const connection = await connectStore(`mongodb://${encodeURIComponent(socket('m.sock'))}/?directConnection=true`)
  onTestFinished(() => connection.close())
  const until = new Date(Date.now() + 3_600_000)
  for (const context of ['organization', 'customers', 'reporting'])
    await connection
      .getClient()
      .db(context)
      .collection<{ _id: string }>('leases')
      .insertOne({ _id: `relay saleswright.${context}.v1`, holder: 'this machine', until } as { _id: string })
  const hosted = await host([organization, customers, reporting], { holder: 'this machine' })
  await create(hosted, 'clerk')
  await hosted.drained()
  expect(await titles()).toEqual(['customer clerk', 'position clerk'])
})
