import type { DescField, DescMessage } from '@bufbuild/protobuf'
import { registry, sensitiveFields } from '@saleswright/contracts'
import { bindings } from './asking.ts'
import type { Heard, Json } from './http.ts'

const nameOf = (field: DescField) => `${field.parent.typeName}.${field.name}`

/** Every field that the contracts call personal or secret. */
export const SENSITIVE: readonly string[] = [...registry].flatMap((type) =>
  type.kind === 'message' ? sensitiveFields(type).map(nameOf) : [],
)

/** What stood in sensitive fields of requests and answers, by the field. */
export const sensitiveTexts = () => {
  const found = new Map<string, Set<string>>()
  const note = (field: string, text: string): void => {
    found.set(field, (found.get(field) ?? new Set()).add(text))
  }
  const walk = (message: DescMessage, json: Json): void => {
    const secrets = new Set(sensitiveFields(message))
    for (const field of message.fields) {
      const value = json?.[field.jsonName]
      if (value === undefined || value === null || value === '') continue
      if (secrets.has(field)) note(nameOf(field), value)
      else if (field.message && field.fieldKind !== 'map') for (const one of [value].flat()) walk(field.message, one)
    }
  }
  const heard: Heard = (verb, path, body, answer) => {
    const [plain = ''] = path.split('?')
    const isIt = ({ path: pattern }: (typeof bindings)[number]) =>
      new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(plain)
    const binding = bindings.find((candidate) => candidate.verb === verb && isIt(candidate))
    if (!binding) return
    walk(binding.method.input, body)
    if (answer.status < 300) walk(binding.method.output, answer.json)
  }
  return { found, note, heard }
}
