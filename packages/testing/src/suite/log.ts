import { openLog } from '@saleswright/service'

/** What the services of a suite write: nothing, or with DEBUG_LOG set all of it. */
export const testLog = openLog('test', process.env.DEBUG_LOG ? 'debug' : 'silent')
