import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { catalogs } from '@saleswright/contracts'
import type { FastifyInstance } from 'fastify'

const ASSETS = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
}

const PAGE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Saleswright API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head><body><div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, filter: true, docExpansion: 'none' })`

/** The reference at /docs, its assets from here and from nowhere else, and the list of problems that `type` points to. */
export const docsPages = async (app: FastifyInstance, document: object): Promise<void> => {
  const json = JSON.stringify(document)
  app.get('/openapi.json', async (_, reply) => reply.type('application/json; charset=utf-8').send(json))
  app.get('/docs', async (_, reply) => reply.type('text/html; charset=utf-8').send(PAGE))
  app.get('/docs/start.js', async (_, reply) => reply.type('text/javascript; charset=utf-8').send(START))
  for (const [name, type] of Object.entries(FILES)) {
    app.get(`/docs/${name}`, async (_, reply) =>
      reply
        .type(`${type}; charset=utf-8`)
        .header('cache-control', 'max-age=86400')
        .send(readFileSync(join(ASSETS, name))),
    )
  }
  const problems = problemsPage()
  app.get('/docs/problems', async (_, reply) => reply.type('text/html; charset=utf-8').send(problems))
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const problemsPage = (): string => {
  const rows = Object.values(catalogs)
    .flatMap(({ sentences }) => Object.entries(sentences))
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([code, { zh, en }]) => `<dt id="${code}"><code>${code}</code></dt><dd>${escaped(zh)}<br>${escaped(en)}</dd>`)
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Problems</title></head><body><h1>Problems</h1><dl>${rows.join('\n')}</dl></body></html>`
}
