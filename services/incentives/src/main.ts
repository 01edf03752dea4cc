import { main } from '@saleswright/service'
import { incentives } from './service.ts'

await main(incentives)
