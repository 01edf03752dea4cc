import { topicOf } from '@saleswright/bus'
import { newId } from '@saleswright/kernel'
import type { Company } from './company.ts'
import type { Http } from './http.ts'
import type { startPlatform } from './platform.ts'

type Platform = Pick<Awaited<ReturnType<typeof startPlatform>>, 'bus' | 'hosted'>

/** The id of an event of the company that orders could not read and has put aside. */
export const aParkedEvent = async ({ bus, hosted }: Platform, http: Http, { company, root }: Company) => {
  const message = { key: newId(), value: Buffer.from('no event'), headers: { company_id: company.companyId } }
  await bus.publish(topicOf('customers'), [message])
  await hosted.drained()
  const { json } = await http.get('/v1/parked-events?context=orders', root)
  const [parked] = json.parkedEvents
  return parked.parkedEventId as string
}
