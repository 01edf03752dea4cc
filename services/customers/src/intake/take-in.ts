import { type Directory, todayIn } from '@saleswright/directory'
import {
  acceptBusinessDate,
  type BusinessDate,
  type ExternalRef,
  mayMigrate,
  newId,
  type OwnedPlace,
} from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { placeFor } from './place.ts'
import { type Provenance, provenanceOf } from './provenance.ts'

/** What every new business record has before it says anything of its own. */
export type Intake = OwnedPlace &
  Provenance & {
    readonly id: string
    readonly version: 0
    readonly companyId: string
    readonly businessDate: BusinessDate
  }

type Request = {
  readonly ownerId?: string | undefined
  readonly businessDate?: string | undefined
  readonly recordedFor?: string | undefined
  readonly externalRef?: ExternalRef | undefined
}

/** Today in the zone of the caller's company. */
export const todayFor = (directory: Directory, { actor, at }: Pick<Call, 'actor' | 'at'>): Promise<BusinessDate> =>
  todayIn(directory, actor.companyId, at)

export const intakeOf = async (directory: Directory, call: Call, request: Request): Promise<Intake> => {
  const provenance = provenanceOf(call.actor, request)
  const today = await todayFor(directory, call)
  const businessDate = acceptBusinessDate(request.businessDate, today, mayMigrate(call.actor))
  const place = await placeFor(directory, call, request.ownerId, businessDate)
  return { id: newId(), version: 0, companyId: call.actor.companyId, businessDate, ...place, ...provenance }
}
