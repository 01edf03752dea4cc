import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { HeadcountPlan } from './headcount-plan.ts'

const schema = new Schema(
  { orgUnitId: { type: String, required: true }, positionId: String, planned: { type: Number, required: true } },
  { _id: false },
)
schema.index({ companyId: 1, orgUnitId: 1, positionId: 1 }, { name: 'unit_position', unique: true })

export const headcountPlanMapping: PlainMapping<HeadcountPlan> = {
  ...plain<HeadcountPlan>(),
  name: 'headcount_plan',
  collection: 'headcount_plans',
  schema,
  version: 1,
  uniques: { unit_position: 'headcount_plan_exists' },
  reaches: [],
}
