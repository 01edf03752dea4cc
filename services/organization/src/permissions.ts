import { accessOf, registry } from '@saleswright/contracts'
import { REACHES, type Reach } from '@saleswright/kernel'

const methods = [...registry].flatMap((entry) => (entry.kind === 'service' ? entry.methods : []))
const accesses = methods.map(accessOf)

/** Checked in code and not by a method's access alone; `session` everybody has who signs in. */
const BESIDE_METHODS = ['migration', 'orders.price', 'session']

/** Every permission that a role may grant. */
export const PERMISSIONS: ReadonlySet<string> = new Set([
  ...accesses.flatMap(({ permission }) => (permission ? [permission] : [])),
  ...BESIDE_METHODS,
])

/** What a partner's programs may do, within the partner's own rows. */
export const PARTNER_PERMISSIONS: readonly string[] = [
  ...new Set(accesses.flatMap(({ permission, partners }) => (partners && permission ? [permission] : []))),
].toSorted()

/** What the administrator has: everything, over the company. A permission of a later release is among it at once. */
export const ADMINISTRATOR_GRANTS: readonly string[] = [...PERMISSIONS].toSorted().map((name) => `${name}@company`)

const isReach = (text: string | undefined): text is Reach => REACHES.some((reach) => reach === text)

/** `orders.read@subtree` is a grant; an unknown permission or reach is none. */
export const isGrant = (text: string): boolean => {
  const [permission = '', reach, ...rest] = text.split('@')
  return PERMISSIONS.has(permission) && isReach(reach) && rest.length === 0
}
