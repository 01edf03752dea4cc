import type { GenService, GenServiceMethods } from '@bufbuild/protobuf/codegenv2'
import { SessionService } from '@saleswright/contracts/saleswright/organization/v1/session_pb.ts'
import { type Clock, newId, systemClock } from '@saleswright/kernel'
import { type CallOptions, type Client, client } from '@saleswright/rpc'
import { type Context, ownToken } from '@saleswright/service'
import { httpTo, PASSWORD, setUp } from '@saleswright/testing/driver'
import { engineProvider, type TestEngines } from '@saleswright/testing/engines'
import { onTestFinished } from 'vitest'
import { openDataFolder } from '../src/data-folder.ts'
import { type Standalone, serve } from '../src/service.ts'
import { aFolder } from './programs.ts'

type Wishes = {
  readonly clock?: Clock
  readonly failPoint?: (context: Context, name: string) => Promise<void>
  /** Without a company. */
  readonly empty?: boolean
  readonly start?: () => Promise<TestEngines>
}

export type Platform = Pick<Standalone, 'address' | 'hosted' | 'secrets'> & {
  readonly client: <M extends GenServiceMethods>(service: GenService<M>) => Client<GenService<M>>
  /** Signed in as the administrator, each time under a key of its own. */
  readonly administrator: () => Promise<CallOptions>
  /** Returns when every event was published and every reaction has passed it. */
  readonly drained: () => Promise<void>
}

const ACCOUNT = 'root'

/** The whole platform in this process, on engines of its own, with a company and its administrator; it ends with the test. */
export const startPlatform = async ({
  clock = systemClock,
  failPoint,
  empty,
  start,
}: Wishes = {}): Promise<Platform> => {
  const engines = await (start ?? (await engineProvider()).start)()
  const never = new Promise<Error>(() => {})
  const options = { host: '127.0.0.1', port: 0, logLevel: 'fatal', clock, failPoint } as const
  const running = await serve(openDataFolder(aFolder()), { ...engines, failed: never, troubles: () => [] }, options)
  onTestFinished(running.stop)
  const { address, hosted, secrets } = running
  const clientOf: Platform['client'] = (service) => client(service, hosted.transportOf(service))
  const sessions = clientOf(SessionService)
  const token = ownToken(() => sessions.createSession({ accountName: ACCOUNT, password: PASSWORD }), clock)
  if (!empty) {
    const http = httpTo(address)
    await setUp(http, secrets.setupToken)
    http.close()
  }
  return {
    address,
    hosted,
    secrets,
    client: clientOf,
    administrator: async () => ({ token: await token(), idempotencyKey: newId() }),
    drained: hosted.drained,
  }
}
