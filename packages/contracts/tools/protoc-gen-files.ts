// A plugin of `buf generate`: lists every generated file of ours, so that the registry knows all of them without a list by hand.
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponse_Feature,
  CodeGeneratorResponseSchema,
} from '@bufbuild/protobuf/wkt'

const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk)
const { fileToGenerate } = fromBinary(CodeGeneratorRequestSchema, Buffer.concat(chunks))

const lines = fileToGenerate
  .map((path) => path.replace(/\.proto$/, ''))
  .toSorted()
  .map((path) => `export { file_${path.replace(/[^a-z0-9]/gi, '_')} } from './${path}_pb.ts'\n`)
const answer = create(CodeGeneratorResponseSchema, {
  supportedFeatures: BigInt(CodeGeneratorResponse_Feature.PROTO3_OPTIONAL),
  file: [{ name: 'files.ts', content: `// @generated\n${lines.join('')}` }],
})
process.stdout.write(toBinary(CodeGeneratorResponseSchema, answer))
