import { invalidField } from '@saleswright/kernel'

/** How far a verification of a whole service is. */
export type Place =
  | { readonly stage: 'events'; readonly after: string }
  | { readonly stage: 'records'; readonly kind: string; readonly after: string }
  | { readonly stage: 'checkpoints'; readonly after: number }

export const tokenOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

const parsed = (token: string): Partial<Record<'stage' | 'kind' | 'after', unknown>> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** '' is the beginning. */
export const placeOf = (token: string): Place => {
  if (token === '') return { stage: 'events', after: '' }
  const { stage, kind, after } = parsed(token)
  if (stage === 'events' && typeof after === 'string') return { stage, after }
  if (stage === 'records' && typeof kind === 'string' && typeof after === 'string') return { stage, kind, after }
  if (stage === 'checkpoints' && typeof after === 'number' && Number.isSafeInteger(after) && after >= 0)
    return { stage, after }
  throw invalidField('pageToken', 'page_token_mismatch')
}
