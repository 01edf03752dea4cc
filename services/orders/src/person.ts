import { AppError, invalid } from '@saleswright/kernel'
import type { Desk } from './desk.ts'

/** In whose name a migration enters something is a person of the company: an invented id would count as another person (decisions 59). */
export const expectRecordedFor = async (
  { directory }: Pick<Desk, 'directory'>,
  companyId: string,
  { recordedFor }: { readonly recordedFor?: string | undefined },
): Promise<void> => {
  if (recordedFor === undefined) return
  try {
    await directory.person(companyId, recordedFor)
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'not_found') throw error
    const violation = { field: 'recordedFor', rule: 'person_unknown', message: 'must be a person of the company' }
    throw invalid('person_unknown', { personId: recordedFor }, [violation])
  }
}
