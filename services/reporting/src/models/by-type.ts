import type { Model } from '../rows/model.ts'
import type { Fold } from '../rows/row.ts'
import { MODELS } from './all.ts'

/** What an event does: to which model, and how. Every type of event concerns one model at most. */
export const FOLDS: ReadonlyMap<string, { readonly model: Model; readonly fold: Fold }> = new Map(
  MODELS.flatMap((model) => model.folds.map((fold) => [fold.schema.typeName, { model, fold }] as const)),
)
