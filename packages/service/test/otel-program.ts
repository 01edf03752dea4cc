import { trace } from '@opentelemetry/api'
import { openLog } from '../src/log.ts'

const log = openLog('test')
trace.getTracer('test').startActiveSpan('work', (span) => {
  log.info({ expected: span.spanContext().traceId }, 'inside')
  span.end()
})
