/**
 * Tracing, for `node --import @saleswright/service/otel src/main.ts`: it must be there before what it instruments is loaded.
 * Lines of the log carry trace ids in any case; spans leave the process only where OTEL_EXPORTER_OTLP_ENDPOINT names a
 * collector. The other variables of OpenTelemetry (OTEL_TRACES_SAMPLER …) keep their meaning. Without OTEL_SERVICE_NAME a
 * service is named after the package that its program belongs to.
 *
 * kafkajs is not instrumented: it would put the relay's trace over that of the command which caused the event.
 */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb'
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { BatchSpanProcessor, NoopSpanProcessor } from '@opentelemetry/sdk-trace'
import { register } from 'import-in-the-middle/register-hooks.mjs'
import { programName } from './program-name.ts'

register({})

const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = process.env
const serviceName = process.env.OTEL_SERVICE_NAME || programName(process.argv[1])
const collector = OTEL_EXPORTER_OTLP_ENDPOINT ?? OTEL_EXPORTER_OTLP_TRACES_ENDPOINT

new NodeSDK({
  ...(serviceName && { serviceName }),
  autoDetectResources: Boolean(collector),
  spanProcessors: [collector ? new BatchSpanProcessor({ exporter: new OTLPTraceExporter() }) : new NoopSpanProcessor()],
  metricReaders: [],
  logRecordProcessors: [],
  instrumentations: [
    new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => /^\/(livez|readyz|metrics)/.test(url ?? '') }),
    new GrpcInstrumentation(),
    new MongoDBInstrumentation({ requireParentSpan: true }),
    new PinoInstrumentation({ disableLogSending: true }),
  ],
}).start()
