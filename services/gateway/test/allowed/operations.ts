import type { Json } from '../http.ts'
import type { Schema } from './draw.ts'

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Schema
}

/** An operation of the document with what it refers to put in its place. */
export type Operation = {
  readonly id: string
  readonly verb: string
  readonly path: string
  readonly isPublic: boolean
  readonly partners: boolean
  readonly parameters: readonly Parameter[]
  readonly body: { readonly type: string; readonly schema: Schema } | undefined
  /** Where the schema of an answer stands in the document, by status and type. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, string>>
}

const escaped = (step: string): string => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))

const answersOf = (document: Json, at: readonly string[], responses: Json): Operation['answers'] =>
  new Map(
    Object.entries<Json>(responses).map(([status, told]) => {
      const name: string | undefined = told.$ref?.split('/').at(-1)
      const steps = name === undefined ? [...at, 'responses', status] : ['components', 'responses', name]
      const { content = {} } = name === undefined ? told : document.components.responses[name]
      const schemas = Object.keys(content).map((type) => {
        const pointer = [...steps, 'content', type, 'schema'].map((step) => `/${escaped(step)}`).join('')
        return [type, pointer] as const
      })
      return [status, new Map(schemas)] as const
    }),
  )

/** Every operation of a served document. */
export const operationsOf = (document: Json): readonly Operation[] =>
  Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    Object.entries<Json>(item).map(([verb, told]): Operation => {
      const [body] = Object.entries<Json>(told.requestBody?.content ?? {})
      return {
        id: told.operationId,
        verb: verb.toUpperCase(),
        path,
        isPublic: told.security?.length === 0,
        partners: told['x-partners'] === true,
        parameters: (told.parameters ?? []).map((parameter: Json) =>
          parameter.$ref ? document.components.parameters[parameter.$ref.split('/').at(-1)] : parameter,
        ),
        body: body && { type: body[0], schema: body[1].schema },
        answers: answersOf(document, ['paths', path, verb], told.responses),
      }
    }),
  )

export const resolverOf =
  (document: Json) =>
  (ref: string): Schema =>
    ref
      .replace(/^#\//, '')
      .split('/')
      .reduce((at, step) => at[step], document)
