import type { DescMethod, Message } from '@bufbuild/protobuf'
import { type Binding, fieldNamed } from './bindings.ts'

/** Where the thing that was made can be read: the route that gets its type by its id. Undefined where there is none. */
export const locator = ({ method }: Binding, all: readonly Binding[]): ((answer: Message) => string | undefined) => {
  const inside = method.output.fields.find(({ message }) => message && getterOf(method, all, message.typeName))
  const getter = getterOf(method, all, method.output.typeName) ?? getterOf(method, all, inside?.message?.typeName)
  if (!getter) return () => undefined
  const nested = getter.method.output.typeName === method.output.typeName ? undefined : inside
  const [name = ''] = getter.pathFields
  const id = fieldNamed(getter.method.output, name).localName
  return (answer) => {
    const made = nested ? partOf(answer, nested.localName) : answer
    return getter.path.replace(/\{\w+\}/, encodeURIComponent(String(partOf(made, id))))
  }
}

const getterOf = ({ parent }: DescMethod, all: readonly Binding[], typeName: string | undefined): Binding | undefined =>
  all.find(
    ({ method, verb, pathFields }) =>
      method.parent === parent &&
      verb === 'GET' &&
      method.output.typeName === typeName &&
      namesItself(method, pathFields),
  )

/** `/v1/orders/{order_id}` answers something that has an order_id. */
const namesItself = ({ output }: DescMethod, [name, ...more]: readonly string[]): boolean =>
  more.length === 0 && output.fields.some((field) => field.name === name)

const partOf = (message: unknown, name: string): unknown => (message as Record<string, unknown>)[name]
