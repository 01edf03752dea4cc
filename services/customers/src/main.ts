import { main } from '@saleswright/service'
import { customers } from './service.ts'

await main(customers)
