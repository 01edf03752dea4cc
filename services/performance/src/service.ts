import { AttainmentService, TargetService } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { bind } from '@saleswright/rpc'
import type { ServiceDefinition } from '@saleswright/service'
import { attainmentRpc } from './attainment/attainment-rpc.ts'
import { deskOf, MAPPINGS } from './desk.ts'
import { reactionsOf } from './reactions.ts'
import { targetRpc } from './target-plan/target-rpc.ts'

/** Targets of units and people, and how far they are reached. */
export const performance: ServiceDefinition = {
  name: 'performance',
  build: (platform) => {
    const desk = deskOf(platform)
    return {
      mappings: MAPPINGS,
      bounds: [bind(TargetService, targetRpc(desk)), bind(AttainmentService, attainmentRpc(desk))],
      reactions: reactionsOf(desk),
    }
  },
}
