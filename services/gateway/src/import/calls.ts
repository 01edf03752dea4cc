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
import type { Platform } from '@saleswright/service'

/** The public methods that an import calls: the same that any client has. */
export const callsOf = ({ client }: Pick<Platform, 'client'>) => ({
  companies: client(CompanyService),
  units: client(OrgUnitService),
  positions: client(PositionService),
  people: client(PersonService),
  authority: client(AuthorityService),
  approvals: client(ApprovalService),
  customers: client(CustomerService),
  leads: client(LeadService),
  opportunities: client(OpportunityService),
  products: client(ProductService),
  prices: client(PriceService),
  orders: client(OrderService),
  shipments: client(ShipmentService),
  paymentRequests: client(PaymentRequestService),
  payments: client(PaymentService),
  targets: client(TargetService),
  commissionPlans: client(CommissionPlanService),
})

export type Calls = ReturnType<typeof callsOf>
