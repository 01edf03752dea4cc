import { type BusinessDate, businessDateOf, companyScope } from '@saleswright/kernel'
import type { Books } from './repositories.ts'

/** The day that an instant is in a company's zone. */
export const todayIn = async (
  { companies }: Pick<Books, 'companies'>,
  companyId: string,
  at: Date,
): Promise<BusinessDate> => {
  const { timeZone } = await companies.get(companyScope(companyId), companyId)
  return businessDateOf(at, timeZone)
}
