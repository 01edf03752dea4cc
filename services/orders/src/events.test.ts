import { file_saleswright_orders_v1_events as file } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { testGoldenEvents } from '@saleswright/testing'
import golden from './events.golden.json' with { type: 'json' }

/** Words that events have in common; they are told within others. */
const PARTS = ['SoldLine']

testGoldenEvents(
  file.messages.filter(({ name }) => !PARTS.includes(name)),
  golden,
)
