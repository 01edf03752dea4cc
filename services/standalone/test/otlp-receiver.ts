import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export type Span = {
  readonly service: string
  readonly name: string
  readonly traceId: string
  readonly route?: string
}

type Attributes = readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]

type Export = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Attributes }
    readonly scopeSpans: readonly {
      readonly spans: readonly { readonly name: string; readonly traceId: string; readonly attributes?: Attributes }[]
    }[]
  }[]
}

const attributeOf = (attributes: Attributes, key: string) =>
  attributes.find((each) => each.key === key)?.value.stringValue

const spansIn = ({ resourceSpans }: Export): readonly Span[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ name, traceId, attributes = [] }) => {
        const route = attributeOf(attributes, 'http.route')
        return {
          service: attributeOf(resource.attributes, 'service.name') ?? '',
          name,
          traceId,
          ...(route && { route }),
        }
      }),
    ),
  )

/** Receives spans as a collector does, by OTLP over HTTP in JSON. */
export const otlpReceiver = async () => {
  const spans: Span[] = []
  const server = createServer((request, response) => {
    json(request).then(
      (body) => {
        spans.push(...spansIn(body as Export))
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { spans, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
