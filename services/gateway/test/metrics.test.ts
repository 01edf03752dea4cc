import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aCompany } from './company.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root } = await aCompany(http)

const counted = async (): Promise<readonly string[]> =>
  (await platform.hosted.metrics.registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith('saleswright_http_seconds_count'))

test('requests are measured by method, route and status, whatever ids and unknown paths they name', async () => {
  for (const id of [newId(), newId()]) await http.get(`/v1/orders/${id}`, root)
  await http.get('/v1/orders', root)
  await http.get('/v1/nowhere', root)
  await http.get('/elsewhere', root)
  await expect
    .poll(counted)
    .toEqual(
      expect.arrayContaining([
        'saleswright_http_seconds_count{method="GET",route="/v1/orders/:order_id",status="404"} 2',
        'saleswright_http_seconds_count{method="GET",route="/v1/orders",status="200"} 1',
        'saleswright_http_seconds_count{method="GET",route="unknown",status="404"} 2',
      ]),
    )
})
