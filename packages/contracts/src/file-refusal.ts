import { type AppError, invalid } from '@saleswright/kernel'
import {
  type ClaimFilesResponse_Refusal,
  ClaimFilesResponse_Refusal_Reason as Reason,
} from '../gen/saleswright/gateway/v1/file_pb.ts'
import type { FileRef } from './file-refs.ts'

/** What a caller is told of a file that could not be claimed; of several reasons the first one gives the code. */
const FAULTS = [
  { reason: Reason.MISSING, code: 'file_unknown', message: 'must be a file that was uploaded' },
  { reason: Reason.UNSUITED, code: 'file_unsuited', message: 'must be of another kind, by its first bytes' },
  { reason: Reason.TAKEN, code: 'file_taken', message: 'must be a file that serves no other document' },
] as const

type Refusals = readonly Pick<ClaimFilesResponse_Refusal, 'fileId' | 'reason'>[]

/** The refusal of a request because of files that it names, field by field; undefined where all could be claimed. */
export const fileRefusal = (refs: readonly FileRef[], refusals: Refusals): AppError | undefined => {
  const reasons = new Map(refusals.map(({ fileId, reason }) => [fileId, reason]))
  const faults = FAULTS.filter(({ reason }) => refusals.some((refusal) => refusal.reason === reason))
  const [first] = faults
  if (!first) return undefined
  const violations = refs.flatMap(({ field, fileId }) => {
    const fault = faults.find(({ reason }) => reason === reasons.get(fileId))
    return fault ? [{ field, rule: fault.code, message: fault.message }] : []
  })
  return invalid(first.code, {}, violations)
}
