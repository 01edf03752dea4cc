import { ApprovalDecidedSchema } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { file_saleswright_organization_v1_events as file } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { testGoldenEvents } from '@saleswright/testing'
import golden from './events.golden.json' with { type: 'json' }

testGoldenEvents([...file.messages, ApprovalDecidedSchema], golden)
