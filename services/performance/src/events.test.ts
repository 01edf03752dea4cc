import { file_saleswright_performance_v1_events as file } from '@saleswright/contracts/saleswright/performance/v1/events_pb.ts'
import { testGoldenEvents } from '@saleswright/testing'
import golden from './events.golden.json' with { type: 'json' }

/** Words that events have in common; they are told within others. */
const PARTS = ['TargetSet']

testGoldenEvents(
  file.messages.filter(({ name }) => !PARTS.includes(name)),
  golden,
)
