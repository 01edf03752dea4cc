import { systemClock } from '@saleswright/kernel'
import { address, type Environment, main, optional, readConfig, readTogether, text } from '@saleswright/service'
import { gateway, httpEdge, readEdgeSettings } from './service.ts'

const OWN = {
  listen: optional('HTTP_LISTEN', address, '0.0.0.0:8080'),
  filesFolder: optional('FILES_FOLDER', text, 'data/files'),
}

const read = (environment: Environment) => {
  const { own, edge } = readTogether({
    own: () => readConfig(OWN, environment),
    edge: () => readEdgeSettings(environment),
  })
  const { listen, filesFolder } = own
  const colon = listen.lastIndexOf(':')
  const bind = { host: listen.slice(0, colon), port: Number(listen.slice(colon + 1)) }
  return { ...edge, ...bind, filesFolder }
}

await main(gateway, {
  reads: read,
  besides: (hosted, log, settings) => [
    httpEdge({
      hosted,
      log,
      clock: systemClock,
      ...settings,
      listening: (bound) => log.info({ address: bound }, `answering HTTP on ${bound}`),
    }),
  ],
})
