import { createHmac } from 'node:crypto'
import type { Call } from '@saleswright/rpc'

/**
 * The call for a command whose request holds a password: the hash of the request is kept with its mark, and without a key it would
 * be a quick way to guess the password.
 */
export const keyed = (call: Call, secret: Uint8Array): Call => ({
  ...call,
  bodyHash: createHmac('sha256', secret).update(call.bodyHash).digest('hex'),
})
