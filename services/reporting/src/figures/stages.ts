/** In the order in which a deal goes through them. */
export const STAGES = [
  ...(['discovery', 'requirement_confirmed', 'solution', 'quoted', 'negotiation'] as const),
  ...(['on_hold', 'won', 'lost'] as const),
] as const
type Stage = (typeof STAGES)[number]

/**
 * The stage of the pipeline that a lead counts with (decisions 41): who was talked to has a requirement. One that became an
 * opportunity counts as that.
 */
const STAGE_OF_LEAD: ReadonlyMap<string, Stage> = new Map(
  Object.entries({
    new: 'discovery',
    assigned: 'discovery',
    contacted: 'requirement_confirmed',
    qualified: 'requirement_confirmed',
    nurturing: 'on_hold',
    recycled: 'on_hold',
    disqualified: 'lost',
  }),
)

export const stageOfLead = (status: string): Stage | undefined => STAGE_OF_LEAD.get(status)
