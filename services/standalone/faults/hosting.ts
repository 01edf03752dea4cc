import { ServiceOperationsService } from '@saleswright/contracts/saleswright/api/v1/operations_pb.ts'
import { client } from '@saleswright/rpc'
import type { Context, HostedReaction } from '@saleswright/service'
import type { LyingBus } from '@saleswright/testing/faults'
import { openDataFolder } from '../src/data-folder.ts'
import { startEngines } from '../src/engines.ts'
import { type Options, serve } from '../src/service.ts'

/** A platform that runs, here or in a process of its own, as the ledger check needs it. */
export type Platform = {
  readonly address: string
  readonly setupToken: string
  /** SALESWRIGHT_KEY in base64. */
  readonly key: string
  /** Where its stores and its bus answer. */
  readonly mongo: string
  readonly kafka: string
  readonly reactions: readonly HostedReaction[]
  readonly drained: () => Promise<void>
  /** What was published, where that is not on the bus of the engines. */
  readonly acknowledged?: LyingBus['acknowledged'] | undefined
  /** What the service finds wrong with its own audit trail. */
  readonly audit: (context: Context) => Promise<string | undefined>
  readonly stop: () => Promise<void>
}

const AUDIT_MS = 120_000
/** Nobody is slowed down: a fault is looked for, not a limit. */
const PER_MINUTE = 100_000_000

/** The standalone platform on a folder, in this process. */
export const host = async (
  data: string,
  { bus, ...options }: Pick<Options, 'failPoint'> & { readonly bus?: LyingBus | undefined } = {},
): Promise<Platform> => {
  const folder = openDataFolder(data)
  const engines = await startEngines(folder)
  const { LOG_LEVEL } = process.env
  const logLevel = LOG_LEVEL === 'debug' ? LOG_LEVEL : 'fatal'
  const running = await serve(folder, engines, {
    ...options,
    bus,
    host: '127.0.0.1',
    port: 0,
    perMinute: PER_MINUTE,
    logLevel,
  })
  const { hosted, address, secrets, stop } = running
  return {
    address,
    stop,
    setupToken: secrets.setupToken,
    key: secrets.key.toString('base64'),
    mongo: engines.mongo,
    kafka: engines.kafka,
    acknowledged: bus?.acknowledged,
    reactions: hosted.reactions,
    drained: hosted.drained,
    async audit(context) {
      const operations = client(ServiceOperationsService, hosted.transportTo(context), hosted.tokenOf('gateway'))
      const deadline = new Date(Date.now() + AUDIT_MS)
      const { intact, finding } = await operations.verifyChain({ context, aggregateId: '' }, { deadline })
      return intact ? undefined : (finding ?? 'it does not verify')
    },
  }
}
