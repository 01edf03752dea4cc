import type { GenServiceMethods } from '@bufbuild/protobuf/codegenv2'
import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { LeadService } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { OpportunityService } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { CommissionPlanService } from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { PriceService, ProductService } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { PaymentRequestService, PaymentService } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { OrderService } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { ShipmentService } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { ApprovalService } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { AuthorityService } from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { CompanyService } from '@saleswright/contracts/saleswright/organization/v1/company_pb.ts'
import { OrgUnitService } from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import { PersonService } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { PositionService } from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { TargetService } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import type { Client } from '@saleswright/rpc'
import type { Platform } from '@saleswright/service'

/** Whose public methods an import calls: the same that any client has. */
export const SERVICES = {
  companies: CompanyService,
  units: OrgUnitService,
  positions: PositionService,
  people: PersonService,
  authority: AuthorityService,
  approvals: ApprovalService,
  customers: CustomerService,
  leads: LeadService,
  opportunities: OpportunityService,
  products: ProductService,
  prices: PriceService,
  orders: OrderService,
  shipments: ShipmentService,
  paymentRequests: PaymentRequestService,
  payments: PaymentService,
  targets: TargetService,
  commissionPlans: CommissionPlanService,
} as const

export type Calls = { readonly [K in keyof typeof SERVICES]: Client<(typeof SERVICES)[K]> }

export const callsOf = ({ client }: Pick<Platform, 'client'>): Calls =>
  Object.fromEntries(
    Object.entries(SERVICES).map(([name, service]) => [name, client<GenServiceMethods>(service)]),
  ) as Calls
