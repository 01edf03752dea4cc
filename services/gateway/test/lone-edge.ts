import { unavailable } from '@saleswright/kernel'
import { testLog } from '@saleswright/testing'
import { type EdgeOptions, edge } from '../src/edge/http-app.ts'
import { folderBlobs } from '../src/file/blobs.ts'
import { contracts } from './platform.ts'

const nobody = async (): Promise<never> => {
  throw unavailable('service_unavailable', 1)
}

/** Injected requests are never wholly read where they are refused at once: nobody is to cut them in the middle of another test. */
const UNHURRIED = { body: 3_600_000 }

/** The edge with no service behind it: enough for what it says of itself. */
export const loneEdge = (options: Partial<EdgeOptions> = {}) =>
  edge({
    services: contracts,
    transportOf: () => ({ unary: nobody, close: async () => {} }),
    verify: nobody,
    ownToken: nobody,
    blobs: folderBlobs('nowhere'),
    clock: { now: () => new Date() },
    log: testLog,
    perMinute: 1_000_000,
    ready: async () => true,
    unknownProxy: () => {},
    observe: () => {},
    ...options,
    times: { ...UNHURRIED, ...options.times },
  })
