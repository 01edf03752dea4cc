import type { JsonSchema } from './schema.ts'

const to =
  (kind: string) =>
  (name: string): JsonSchema => ({ $ref: `#/components/${kind}/${name}` })

/** References to what stands among the components. */
export const refs = {
  schema: to('schemas'),
  parameter: to('parameters'),
  header: to('headers'),
  response: to('responses'),
}
