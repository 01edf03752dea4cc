import { main } from '@saleswright/service'
import { reporting } from './service.ts'

await main(reporting)
