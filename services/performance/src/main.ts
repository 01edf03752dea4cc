import { main } from '@saleswright/service'
import { performance } from './service.ts'

await main(performance)
