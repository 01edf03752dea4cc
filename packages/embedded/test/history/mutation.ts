import { registerHooks } from 'node:module'

/*
 * Loaded into the process of an engine by a test that shows what its checker is worth: takes one guard out of the source of one file
 * as it is loaded. MUTATION names the file, the text and what stands there instead.
 */
type Mutation = { readonly file: string; readonly from: string; readonly to: string }
const { file, from, to } = JSON.parse(process.env.MUTATION ?? '{}') as Mutation

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(file)) return loaded
    const source = String(loaded.source)
    if (!source.includes(from)) throw new Error(`${file} has no "${from}" to take out`)
    return { ...loaded, source: source.replace(from, to) }
  },
})
