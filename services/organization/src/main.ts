import { main } from '@saleswright/service'
import { organization } from './service.ts'

await main(organization)
