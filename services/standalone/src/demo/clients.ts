import type { DescService } from '@bufbuild/protobuf'
import { CreditEvaluationService } from '@saleswright/contracts/saleswright/customers/v1/credit_evaluation_pb.ts'
import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { LeadService } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { OpportunityService } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { CommissionPlanService } from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { PriceService, ProductService } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { PaymentRequestService, PaymentService } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { OrderService } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { ShipmentService } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { StockService } from '@saleswright/contracts/saleswright/orders/v1/stock_pb.ts'
import { ApprovalService } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { AuthorityService } from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { CompanyService } from '@saleswright/contracts/saleswright/organization/v1/company_pb.ts'
import { HeadcountService } from '@saleswright/contracts/saleswright/organization/v1/headcount_pb.ts'
import { OrgUnitService } from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import { PartnerApplicationService } from '@saleswright/contracts/saleswright/organization/v1/partner_application_pb.ts'
import { PasswordSetupService } from '@saleswright/contracts/saleswright/organization/v1/password_setup_pb.ts'
import { PersonService } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { PositionService } from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { RoleService } from '@saleswright/contracts/saleswright/organization/v1/role_pb.ts'
import { SessionService } from '@saleswright/contracts/saleswright/organization/v1/session_pb.ts'
import { TargetService } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { client, type Transport } from '@saleswright/rpc'

export type TransportOf = (service: DescService) => Transport

/** The public methods that the demo company is made with: the same that every client has. */
export const clientsOf = (transportOf: TransportOf) => ({
  companies: client(CompanyService, transportOf(CompanyService)),
  units: client(OrgUnitService, transportOf(OrgUnitService)),
  positions: client(PositionService, transportOf(PositionService)),
  headcounts: client(HeadcountService, transportOf(HeadcountService)),
  roles: client(RoleService, transportOf(RoleService)),
  people: client(PersonService, transportOf(PersonService)),
  passwords: client(PasswordSetupService, transportOf(PasswordSetupService)),
  sessions: client(SessionService, transportOf(SessionService)),
  authority: client(AuthorityService, transportOf(AuthorityService)),
  approvals: client(ApprovalService, transportOf(ApprovalService)),
  applications: client(PartnerApplicationService, transportOf(PartnerApplicationService)),
  customers: client(CustomerService, transportOf(CustomerService)),
  leads: client(LeadService, transportOf(LeadService)),
  opportunities: client(OpportunityService, transportOf(OpportunityService)),
  credit: client(CreditEvaluationService, transportOf(CreditEvaluationService)),
  products: client(ProductService, transportOf(ProductService)),
  prices: client(PriceService, transportOf(PriceService)),
  stock: client(StockService, transportOf(StockService)),
  orders: client(OrderService, transportOf(OrderService)),
  shipments: client(ShipmentService, transportOf(ShipmentService)),
  paymentRequests: client(PaymentRequestService, transportOf(PaymentRequestService)),
  payments: client(PaymentService, transportOf(PaymentService)),
  targets: client(TargetService, transportOf(TargetService)),
  commissionPlans: client(CommissionPlanService, transportOf(CommissionPlanService)),
})

export type Clients = ReturnType<typeof clientsOf>
