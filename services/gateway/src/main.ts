import { systemClock } from '@saleswright/kernel'
import { main } from '@saleswright/service'
import { gateway, httpEdge } from './service.ts'

const {
  HTTP_LISTEN = '0.0.0.0:8080',
  FILES_FOLDER = 'data/files',
  RATE_LIMIT_PER_MINUTE,
  TRUSTED_PROXIES,
} = process.env
const colon = HTTP_LISTEN.lastIndexOf(':')

await main(gateway, {
  besides: (hosted, log) => [
    httpEdge({
      hosted,
      log,
      clock: systemClock,
      host: HTTP_LISTEN.slice(0, colon),
      port: Number(HTTP_LISTEN.slice(colon + 1)),
      filesFolder: FILES_FOLDER,
      perMinute: RATE_LIMIT_PER_MINUTE ? Number(RATE_LIMIT_PER_MINUTE) : undefined,
      proxies: TRUSTED_PROXIES,
      listening: (address) => log.info({ address }, `answering HTTP on ${address}`),
    }),
  ],
})
