/** A row that cannot be taken, by the column that says why. The others go in. */
export class Rejected extends Error {
  readonly column: string
  readonly value: string

  constructor(column: string, value: string, message: string) {
    super(message)
    this.column = column
    this.value = value
  }
}

export const reject = (column: string, value: string, message: string): never => {
  throw new Rejected(column, value, message)
}
