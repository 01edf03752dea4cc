/** What a list holds, item by item over all its pages, or page by page. Nothing is asked before it is iterated. */
export type Pages<Item, Page> = AsyncIterable<Item> & {
  readonly pages: () => AsyncIterable<Page>
  /** All of it at once; for what is known to be short. */
  readonly all: () => Promise<readonly Item[]>
}

type Listing = { readonly nextPageToken: string }

export const pagesOf = <Item, Page extends Listing>(
  read: (pageToken: string) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[],
  first = '',
): Pages<Item, Page> => {
  async function* pages(): AsyncGenerator<Page> {
    let token = first
    do {
      const page = await read(token)
      yield page
      token = page.nextPageToken
    } while (token !== '')
  }
  async function* items(): AsyncGenerator<Item> {
    for await (const page of pages()) yield* itemsOf(page)
  }
  const all = async (): Promise<readonly Item[]> => {
    const found: Item[] = []
    for await (const item of items()) found.push(item)
    return found
  }
  return { pages, all, [Symbol.asyncIterator]: items }
}
