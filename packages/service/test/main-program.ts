import { main, optional, readConfig, wholeNumber } from '../src/index.ts'
import { aSigner, organizationWith } from './tiny-platform.ts'

await main(organizationWith(aSigner()), {
  reads: (environment) =>
    readConfig({ own: optional('OWN_SETTING', wholeNumber(0, 9, 'a whole number'), 0) }, environment),
  besides: (hosted) => [
    {
      name: 'edge',
      start: async () => console.log(`edge in front of ${hosted.dispatcher.services.length} services`),
      stop: async () => console.log('edge closed'),
    },
  ],
})
