import { expect, test } from 'vitest'
import { newTopic } from './new-topic.ts'

const settingsWith = (brokers: number) => {
  const { replicationFactor, configEntries } = newTopic('saleswright.orders.v1', brokers)
  return { replicationFactor, ...Object.fromEntries(configEntries.map(({ name, value }) => [name, value])) }
}

test.each([
  [1, 1, '1', undefined],
  [2, 2, '2', 'false'],
  [3, 3, '2', 'false'],
  [9, 3, '2', 'false'],
])('on %i brokers a topic has %i replicas, of which %s acknowledge', (brokers, replicas, inSync, unclean) => {
  expect(settingsWith(brokers)).toEqual({
    replicationFactor: replicas,
    'retention.ms': '2592000000',
    'min.insync.replicas': inSync,
    ...(unclean && { 'unclean.leader.election.enable': unclean }),
  })
})
