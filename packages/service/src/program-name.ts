import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The name of the package that a program belongs to, without its scope: `orders` for services/orders/src/main.ts. Undefined for a
 * program outside of any package.
 */
export const programName = (program: string | undefined): string | undefined => {
  for (let folder = dirname(program ?? '/'); folder !== dirname(folder); folder = dirname(folder)) {
    const name = nameIn(join(folder, 'package.json'))
    if (name) return name.replace(/^@[^/]+\//, '')
  }
  return undefined
}

const nameIn = (file: string): string | undefined => {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: string }).name
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
