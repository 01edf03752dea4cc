import { systemClock } from '@saleswright/kernel'
import { address, type Environment, main, optional, readConfig, settingsOrExit, text } from '@saleswright/service'
import { gateway, httpEdge, readEdgeSettings } from './service.ts'

const read = (environment: Environment) => {
  const { listen, filesFolder } = readConfig(
    {
      listen: optional('HTTP_LISTEN', address, '0.0.0.0:8080'),
      filesFolder: optional('FILES_FOLDER', text, 'data/files'),
    },
    environment,
  )
  const colon = listen.lastIndexOf(':')
  const bind = { host: listen.slice(0, colon), port: Number(listen.slice(colon + 1)) }
  return { ...readEdgeSettings(environment), ...bind, filesFolder }
}

const settings = settingsOrExit('gateway', () => read(process.env))

await main(gateway, {
  besides: (hosted, log) => [
    httpEdge({
      hosted,
      log,
      clock: systemClock,
      ...settings,
      listening: (bound) => log.info({ address: bound }, `answering HTTP on ${bound}`),
    }),
  ],
})
