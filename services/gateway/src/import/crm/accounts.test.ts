import { expect, test } from 'vitest'
import { checkParents } from './accounts.ts'

const DEEP = Array.from({ length: 60 }, (_, level) => [`level ${level}`, { parent: `level ${level + 1}` }] as const)
const known = new Map<string, { readonly parent?: string }>([
  ['top', {}],
  ['sub', { parent: 'top' }],
  ['orphan', { parent: 'gone' }],
  ['below orphan', { parent: 'orphan' }],
  ['own', { parent: 'own' }],
  ['left', { parent: 'right' }],
  ['right', { parent: 'left' }],
  ...DEEP,
])

test.each([
  ['sub', undefined],
  ['orphan', 'import_refers_nowhere'],
  ['below orphan', undefined],
  ['own', 'import_own_subsidiary'],
  ['left', 'import_own_subsidiary'],
  ['level 0', 'import_too_deep'],
  ['level 20', undefined],
])('the parent of %s: %s', (account, code) => {
  const check = () => checkParents(known, account, known.get(account)?.parent ?? '')
  if (code === undefined) expect(check).not.toThrow()
  else expect(check).toThrow(expect.objectContaining({ code, column: 'subsidiary_of' }))
})
