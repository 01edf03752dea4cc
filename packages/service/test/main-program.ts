import { main } from '../src/index.ts'
import { aSigner, organizationWith } from './tiny-platform.ts'

await main(organizationWith(aSigner()), {
  besides: (hosted) => [
    {
      name: 'edge',
      start: async () => console.log(`edge in front of ${hosted.dispatcher.services.length} services`),
      stop: async () => console.log('edge closed'),
    },
  ],
})
