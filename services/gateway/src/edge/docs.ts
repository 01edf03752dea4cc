import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { catalogs } from '@saleswright/contracts'
import { AppError } from '@saleswright/kernel'
import type { FastifyInstance } from 'fastify'
import { isKnown } from './etag.ts'

const ASSETS = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const PAGE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Saleswright API</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, filter: true, docExpansion: 'none' })`

/** Nothing from elsewhere runs in the pages; the reference sets styles and small images by itself. */
const HEADERS = {
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

const OPEN = { config: { public: true } } as const

const tagged = (body: string | Buffer) => ({ body, etag: `"${hash('sha256', body, 'base64url')}"` })

/** The reference at /docs, its assets from here and from nowhere else, and the list of problems that `type` points to. */
export const docsPages = (app: FastifyInstance, document: object): void => {
  const page = (path: string, type: string, content: () => string | Buffer): void => {
    let made: { readonly body: string | Buffer; readonly etag: string } | undefined
    app.get(path, OPEN, async ({ headers }, reply) => {
      made ??= tagged(content())
      reply.headers(HEADERS).header('etag', made.etag)
      if (isKnown(headers['if-none-match'], made.etag)) return reply.code(304).send()
      return reply.type(`${type}; charset=utf-8`).send(made.body)
    })
  }
  const asset = (name: string) => () => readFileSync(join(ASSETS, name))
  // Until there is a console.
  app.get('/', OPEN, async ({ url }, reply) => {
    // The router takes `GET *` for the root.
    if (!url.startsWith('/')) throw new AppError('not_found', 'route_not_found', { path: url })
    return reply.redirect('/docs')
  })
  page('/openapi.json', 'application/json', () => JSON.stringify(document))
  page('/docs', 'text/html', () => PAGE)
  page('/docs/start.js', 'text/javascript', () => START)
  page('/docs/swagger-ui.css', 'text/css', asset('swagger-ui.css'))
  page('/docs/swagger-ui-bundle.js', 'text/javascript', asset('swagger-ui-bundle.js'))
  page('/docs/problems', 'text/html', problemsPage)
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const problemsPage = (): string => {
  const { thing_not_found: missing } = catalogs.common?.sentences ?? {}
  const rows = Object.values(catalogs).flatMap(({ sentences, things }) => [
    ...Object.entries(sentences).filter(([code]) => !/^(kind|field|thing|mail)_/.test(code)),
    ...Object.entries(things).map(([name, { zh, en }]) => {
      const text = { zh: missing?.zh.replace('{thing}', zh) ?? '', en: missing?.en.replace('{thing}', en) ?? '' }
      return [`${name}_not_found`, text] as const
    }),
  ])
  const list = rows
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([code, { zh, en }]) => `<dt id="${code}"><code>${code}</code></dt><dd>${escaped(zh)}<br>${escaped(en)}</dd>`)
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Problems</title></head><body><h1>Problems</h1><dl>${list.join('\n')}</dl></body></html>`
}
