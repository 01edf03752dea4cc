import {
  CommissionPlanService,
  CommissionService,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { bind } from '@saleswright/rpc'
import type { ServiceDefinition } from '@saleswright/service'
import { commissionPlanRpc } from './commission-plan/commission-plan-rpc.ts'
import { deskOf, MAPPINGS } from './desk.ts'
import { reactionsOf } from './reactions.ts'
import { commissionRpc } from './statement/commission-rpc.ts'

/** Commission plans, what each payment earned by them, and statements by person and period. */
export const incentives: ServiceDefinition = {
  name: 'incentives',
  build: (platform) => {
    const desk = deskOf(platform)
    return {
      mappings: MAPPINGS,
      bounds: [bind(CommissionPlanService, commissionPlanRpc(desk)), bind(CommissionService, commissionRpc(desk))],
      reactions: reactionsOf(desk),
    }
  },
}
