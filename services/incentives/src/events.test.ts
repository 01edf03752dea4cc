import { file_saleswright_incentives_v1_events as file } from '@saleswright/contracts/saleswright/incentives/v1/events_pb.ts'
import { testGoldenEvents } from '@saleswright/testing'
import golden from './events.golden.json' with { type: 'json' }

testGoldenEvents(file.messages, golden)
