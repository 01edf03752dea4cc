import { create, type Message, setExtension } from '@bufbuild/protobuf'
import type { GenMessage, GenService } from '@bufbuild/protobuf/codegenv2'
import { FieldOptionsSchema, MethodOptionsSchema } from '@bufbuild/protobuf/wkt'
import { FieldRulesSchema, field } from '@bufbuild/protovalidate/gen/buf/validate/validate_pb.js'
import { Access_Idempotency, AccessSchema, access } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import { describe, message, ofMessage, repeated, text } from '../src/describe.ts'

// A service with one method for each kind of access.

type Access = Parameters<typeof create<typeof AccessSchema>>[1]

const { HONOURED, REQUIRED } = Access_Idempotency

const METHODS = {
  Read: { permission: 'probe.read', partners: true, also: ['things.read'] },
  Change: { permission: 'probe.change', idempotency: HONOURED },
  Pay: { permission: 'probe.pay', idempotency: REQUIRED },
  Me: {},
  Open: { public: true },
  Inside: { internal: true },
} satisfies Record<string, Access>

const notEmpty = create(FieldOptionsSchema)
setExtension(notEmpty, field, create(FieldRulesSchema, { type: { case: 'string', value: { minLen: 1n } } }))

const methodOf = ([name, rules]: [string, Access | undefined]) => {
  const options = create(MethodOptionsSchema)
  if (rules) setExtension(options, access, create(AccessSchema, rules))
  return { name, options, inputType: '.probe.v1.Question', outputType: '.probe.v1.Answer' }
}

const probeFile = (methods: Record<string, Access | undefined>) =>
  describe({
    name: 'probe/v1/probe.proto',
    package: 'probe.v1',
    messageType: [
      message('Question', [text('say', 1), ofMessage('order_lines', 2, '.probe.v1.Line', repeated)]),
      message('Line', [text('unit_sku', 1, { options: notEmpty })]),
      message('Answer', [text('heard', 1)]),
    ],
    service: [{ name: 'ProbeService', method: Object.entries(methods).map(methodOf) }],
  })

type Question = Message<'probe.v1.Question'> & { say: string; orderLines: { unitSku: string }[] }
type Answer = Message<'probe.v1.Answer'> & { heard: string }
type Method = { input: GenMessage<Question>; output: GenMessage<Answer>; methodKind: 'unary' }

/** A service with other methods, to see what is refused. */
export const probeService = (methods: Record<string, Access | undefined>) =>
  probeFile(methods).service('ProbeService') as unknown as GenService<Record<string, Method>>

export const ProbeService = probeFile(METHODS).service('ProbeService') as unknown as GenService<
  Record<'read' | 'change' | 'pay' | 'me' | 'open' | 'inside', Method>
>
