import { covers } from '@saleswright/kernel'
import type { PersonRow, Seat } from '../models/person.ts'

export const seatOn = (person: PersonRow | undefined, date: string): Seat | undefined =>
  person?.seats.find((seat) => covers(seat, date))

/** Where somebody is on a day, or was last before it, or will be first. */
export const nearestSeat = (person: PersonRow | undefined, date: string): Seat | undefined =>
  seatOn(person, date) ?? person?.seats.findLast(({ from }) => from <= date) ?? person?.seats[0]
