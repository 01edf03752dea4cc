import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import {
  ContactChangedSchema,
  CreditEvaluationChangedSchema,
  CreditLimitSetSchema,
  CustomerChangedSchema,
  CustomerHandedOverSchema,
  file_saleswright_customers_v1_events as file,
  LeadChangedSchema,
  OpportunityChangedSchema,
  OpportunityLostSchema,
  OpportunityWonSchema,
} from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { expect, test } from 'vitest'

const at = { ownerId: 'p', unitId: 'u', orgPath: ['r', 'u'], businessDate: '2026-03-01' }
const money = { currencyCode: 'CNY', amount: '1.00' }
const sample = <S extends DescMessage>(schema: S, init: MessageInitShape<S>, golden: string) => ({
  name: schema.name,
  hex: Buffer.from(toBinary(schema, create(schema, init))).toString('hex'),
  golden,
})

// What was stored once must be readable for ever (decisions 21): these bytes never change, new fields only come behind.
const samples = [
  sample(
    CustomerChangedSchema,
    {
      customerId: 'c',
      name: 'n',
      status: 'active',
      grade: 'key',
      channelTier: 'agent',
      parentCustomerId: 'd',
      sector: 's',
      region: 'e',
      ...at,
    },
    '0a016312016e1a0661637469766522036b65792a056167656e743201643a01734201654a01705201755a01725a0175620a323032362d30332d3031',
  ),
  sample(
    CustomerHandedOverSchema,
    { customerId: 'c', fromPersonId: 'p', toPersonId: 'q', reason: 'x' },
    '0a01631201701a0171220178',
  ),
  sample(
    CreditLimitSetSchema,
    { customerId: 'c', limit: money, validFrom: '2026-03-01', validUntil: '2027-02-28' },
    '0a0163120b0a03434e591204312e30301a0a323032362d30332d3031220a323032372d30322d3238',
  ),
  sample(ContactChangedSchema, { contactId: 'k', customerId: 'c' }, '0a016b120163'),
  sample(
    LeadChangedSchema,
    { leadId: 'l', status: 'new', sku: 'g', expectedValue: money, opportunityId: 'o', reason: 'x', ...at },
    '0a016c12036e65771a0167220b0a03434e591204312e30302a016f3201783a01704201754a01724a0175520a323032362d30332d3031',
  ),
  sample(
    OpportunityChangedSchema,
    {
      opportunityId: 'o',
      customerId: 'c',
      stage: 'quoted',
      sku: 'g',
      expectedValue: money,
      engagedOn: '2026-02-01',
      ...at,
    },
    '0a016f1201631a0671756f7465642201672a0b0a03434e591204312e3030320a323032362d30322d30313a01704201754a01724a0175520a323032362d30332d3031',
  ),
  sample(
    OpportunityWonSchema,
    { opportunityId: 'o', customerId: 'c', sku: 'g', wonValue: money, closedOn: '2026-03-02', ...at },
    '0a016f1201631a0167220b0a03434e591204312e30302a0a323032362d30332d30323201703a01754201724201754a0a323032362d30332d3031',
  ),
  sample(
    OpportunityLostSchema,
    {
      opportunityId: 'o',
      customerId: 'c',
      sku: 'g',
      expectedValue: money,
      closedOn: '2026-03-02',
      reason: 'x',
      ...at,
    },
    '0a016f1201631a0167220b0a03434e591204312e30302a0a323032362d30332d30323201783a01704201754a01724a0175520a323032362d30332d3031',
  ),
  sample(
    CreditEvaluationChangedSchema,
    { creditEvaluationId: 'e', customerId: 'c', status: 'pending', requestedLimit: money },
    '0a01651201631a0770656e64696e67220b0a03434e591204312e3030',
  ),
]

test.each(samples)('$name is written as ever', ({ hex, golden }) => {
  expect(hex).toBe(golden)
})

test('every event of this service has its bytes here', () => {
  expect(samples.map(({ name }) => name).toSorted()).toEqual(file.messages.map(({ name }) => name).toSorted())
})
