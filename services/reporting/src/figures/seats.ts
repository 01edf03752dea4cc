import { covers } from '@saleswright/kernel'
import type { PersonRow, Seat } from '../models/person.ts'

export const seatOn = (person: PersonRow | undefined, date: string): Seat | undefined =>
  person?.seats.find((seat) => covers(seat, date))
