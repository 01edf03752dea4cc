import { type ModuleSource, registerHooks } from 'node:module'

/*
 * Loaded into the process of an engine by a test that shows what its checker is worth: takes guards out of the source of one file
 * as it is loaded. MUTATION names the file, the texts and what stands there instead.
 */
type Mutation = { readonly file: string; readonly changes: readonly (readonly [from: string, to: string])[] }
const { file, changes } = JSON.parse(process.env.MUTATION ?? '{}') as Mutation

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(file)) return loaded
    let source = textOf(loaded.source)
    for (const [from, to] of changes) {
      if (!source.includes(from)) throw new Error(`${file} has no "${from}" to take out`)
      source = source.replace(from, to)
    }
    return { ...loaded, source }
  },
})

const textOf = (source: ModuleSource | null | undefined): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined)
