import { ApprovalService } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { AuthorityService } from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { CompanyService } from '@saleswright/contracts/saleswright/organization/v1/company_pb.ts'
import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { HeadcountService } from '@saleswright/contracts/saleswright/organization/v1/headcount_pb.ts'
import { OrgUnitService } from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import { PartnerApplicationService } from '@saleswright/contracts/saleswright/organization/v1/partner_application_pb.ts'
import { PasswordSetupService } from '@saleswright/contracts/saleswright/organization/v1/password_setup_pb.ts'
import { PersonService } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { PositionService } from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { RoleService } from '@saleswright/contracts/saleswright/organization/v1/role_pb.ts'
import { SessionService } from '@saleswright/contracts/saleswright/organization/v1/session_pb.ts'
import { KeyService, TokenService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { readMailSettings, smtpMailer } from '@saleswright/mail'
import { bind } from '@saleswright/rpc'
import { type Built, type Platform, passwordSetupTokens, type ServiceDefinition } from '@saleswright/service'
import { sealerOf } from '@saleswright/store'
import { approvalRpc } from './approval/approval-rpc.ts'
import { authorityRpc } from './authority/authority-rpc.ts'
import { companyRpc } from './company/company-rpc.ts'
import { directoryRpc } from './directory/directory-rpc.ts'
import { performersOf } from './grant/performers.ts'
import { headcountRpc } from './headcount/headcount-rpc.ts'
import { jobs } from './jobs.ts'
import { deliverMail } from './mail/deliver.ts'
import { postOf } from './mail/post.ts'
import { orgUnitRpc } from './org-unit/org-unit-rpc.ts'
import { partnerApplicationRpc } from './partner-application/partner-application-rpc.ts'
import { passwordSetupRpc } from './password-setup/password-setup-rpc.ts'
import { personRpc } from './person/person-rpc.ts'
import { positionRpc } from './position/position-rpc.ts'
import { reactions } from './reactions.ts'
import { mappings, repositoriesOf } from './repositories.ts'
import { roleRpc } from './role/role-rpc.ts'
import { refreshTokens } from './session/refresh-token.ts'
import { sessionRpc } from './session/session-rpc.ts'
import { signIn } from './session/sign-in.ts'
import { accessTokens } from './token/access-tokens.ts'
import { keyChain } from './token/key-chain.ts'
import { keyRpc, tokenRpc } from './token/token-rpc.ts'

const build = (platform: Platform): Built => {
  const { store, clock, cause, issuer, secret, provesService, config, log } = platform
  const repositories = repositoriesOf(store)
  const sealer = sealerOf(secret, 'organization')
  const mail = readMailSettings(config)
  const post = postOf({ letters: repositories.letters, sealer, goesOut: mail !== undefined })
  const books = { ...repositories, store, post }
  const chain = keyChain({ store, keys: books.signingKeys, sealer, clock, cause })
  const tokens = passwordSetupTokens(secret)
  const access = accessTokens(chain, issuer)
  const session = {
    books,
    signIn: signIn(books, secret),
    accessTokens: access,
    refreshTokens: refreshTokens(secret),
    secret,
  }
  return {
    bounds: [
      bind(CompanyService, companyRpc({ books, setupToken: config.SETUP_TOKEN })),
      bind(OrgUnitService, orgUnitRpc(books)),
      bind(PositionService, positionRpc(books)),
      bind(HeadcountService, headcountRpc(books)),
      bind(RoleService, roleRpc(books)),
      bind(PersonService, personRpc(books)),
      bind(PasswordSetupService, passwordSetupRpc(books, tokens)),
      bind(SessionService, sessionRpc(session)),
      bind(TokenService, tokenRpc({ books, accessTokens: access, provesService, log })),
      bind(KeyService, keyRpc(books, chain)),
      bind(PartnerApplicationService, partnerApplicationRpc(books, secret)),
      bind(DirectoryService, directoryRpc(books)),
      bind(AuthorityService, authorityRpc(books)),
      bind(ApprovalService, approvalRpc(books, performersOf(books, secret))),
    ],
    mappings,
    reactions: reactions(books),
    jobs: jobs({ books, chain, cause }),
    ...(mail && {
      parts: [deliverMail({ platform, books, mailer: smtpMailer(mail), tokens, publicUrl: mail.publicUrl })],
    }),
  }
}

export { linkAt } from './password-setup/link-at.ts'

/** Companies, their people and rights, sign-in and tokens, and who decides what. */
export const organization: ServiceDefinition = { name: 'organization', settings: readMailSettings, build }
