/** What is stored is not what was written. The files are left as they are: only their owner can say what is to become of them. */
export class Damaged extends Error {
  constructor(what: string) {
    super(
      `${what}; the files were left as they are: restore a backup, or copy out what is readable with "npm run data -- salvage"`,
    )
    this.name = 'Damaged'
  }
}
