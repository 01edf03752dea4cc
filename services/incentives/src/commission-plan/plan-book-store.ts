import { type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import { type StoredTier, storedTiers, tiersFrom } from '../exact-fields.ts'
import type { PlanBook, Term } from './plan-book.ts'

type StoredTerm = Omit<Term, 'tiers'> & { readonly tiers: readonly StoredTier[] }
type BookDocument = Omit<Fields<PlanBook>, 'terms'> & { readonly terms: readonly StoredTerm[] }

export const planBookMapping: Mapping<PlanBook, BookDocument> = {
  name: 'plan_book',
  collection: 'plan_books',
  schema: new Schema({ terms: Array, putOff: Number }, { strict: 'throw', versionKey: false }),
  version: 1,
  document: (book) => ({
    ...ownFields(book),
    terms: book.terms.map((term) => ({ ...term, tiers: storedTiers(term.tiers) })),
  }),
  record: (document) => ({
    ...ownFields(document),
    terms: document.terms.map((term) => ({ ...term, tiers: tiersFrom(term.tiers) })),
  }),
  reaches: [],
}
