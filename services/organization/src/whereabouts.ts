import type { Store } from '@saleswright/store'

/** Id and company of something that is named uniquely in the whole installation. */
type Whereabouts = { readonly id: string; readonly companyId: string }

type Row = { readonly _id: string; readonly companyId: string }

/**
 * Finds the company of what somebody names who has no token yet, and so no company: an account, a partner's program. It reads
 * nothing else; everything that follows is asked of the repository within that company.
 */
export const whereaboutsBy =
  ({ connection }: Pick<Store, 'connection'>, collection: string, field: string) =>
  async (name: string): Promise<Whereabouts | undefined> => {
    const found = await connection
      .collection<Row & Record<string, unknown>>(collection)
      .findOne<Row>({ [field]: name }, { projection: { companyId: 1 } })
    return found ? { id: found._id, companyId: found.companyId } : undefined
  }

/** The ids of all companies, for work by the calendar, which is done for each of them within its own scope. */
export const everyCompany = async ({ connection }: Pick<Store, 'connection'>): Promise<readonly string[]> => {
  const companies = await connection
    .collection<Row>('companies')
    .find({}, { projection: { _id: 1 } })
    .toArray()
  return companies.map(({ _id }) => _id)
}
