import { trace } from '@opentelemetry/api'
import { when } from '@saleswright/bus'
import { RoleChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { openLog } from '../src/log.ts'
import { traced } from '../src/traced.ts'

/** Writes one line inside a span of its own, and one inside a reaction to an event that another trace caused. */
const log = openLog('test')
trace.getTracer('test').startActiveSpan('work', (span) => {
  log.info({ expected: span.spanContext().traceId }, 'inside')
  span.end()
})

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const reaction = traced('test.reaction', {
  name: 'reaction',
  from: ['organization'],
  handlers: [when(RoleChangedSchema, async () => log.info({ expected: TRACE }, 'reacting'))],
})
const envelope = {
  eventId: 'e',
  type: RoleChangedSchema.typeName,
  source: 'organization',
  companyId: 'c',
  aggregateId: 'a',
  aggregateVersion: 1,
  recordedAt: new Date(),
  actorId: 'p',
  correlationId: 'request-1',
  traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
}
for (const handler of reaction.handlers) await handler.read(new Uint8Array())({ envelope, tx: undefined as never })
