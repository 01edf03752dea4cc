import { connectStore } from '@saleswright/store'
import type { Sealed } from './data-folder.ts'

type Fact = { readonly _id: string; readonly fingerprint: string }

/** A database beside those of the services, for what is true of the installation. */
const DATABASE = 'installation'
const KEY = 'key'

/** Asks a store what it knows of its key, over a connection of its own. */
export const withSealedStore = async <T>(uri: string, use: (store: Sealed) => Promise<T>): Promise<T> => {
  const connection = await connectStore(uri)
  const client = connection.getClient()
  const facts = client.db(DATABASE).collection<Fact>('facts')
  try {
    return await use({
      async isEmpty() {
        const { databases } = await client.db().admin().listDatabases({ nameOnly: true })
        return databases.length === 0
      },
      fingerprint: async () => (await facts.findOne({ _id: KEY }))?.fingerprint,
      async keep(fingerprint) {
        await facts.insertOne({ _id: KEY, fingerprint })
      },
    })
  } finally {
    await connection.close()
  }
}
