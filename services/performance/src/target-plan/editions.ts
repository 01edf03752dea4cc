import { Edition_Kind } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import type { Repository } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { PublishedTarget } from './published-target.ts'

/** Those in force, unless the original ones are asked for (R350). */
export const targetsOf = ({ targets, originals }: Desk, edition: Edition_Kind): Repository<PublishedTarget> =>
  edition === Edition_Kind.ORIGINAL ? originals : targets
