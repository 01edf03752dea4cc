import { healthState, listen } from '../src/index.ts'
import { stage } from './stage.ts'

/** A replica that answers with its own process id; it writes its address once it listens. */
const { script, served } = await stage('in process')
script.act = async () => ({ heard: String(process.pid) })
const { address } = await listen(served, '127.0.0.1:0', healthState(true))
process.stdout.write(`${address}\n`)
