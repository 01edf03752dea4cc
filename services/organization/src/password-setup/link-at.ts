import { sentence } from '@saleswright/contracts'
import { PasswordSetupService } from '@saleswright/contracts/saleswright/organization/v1/password_setup_pb.ts'
import { AppError, systemClock } from '@saleswright/kernel'
import { client, connect } from '@saleswright/rpc'
import { identity, passwordSetupLink, passwordSetupTokens, sealingKey } from '@saleswright/service'

type Where = {
  /** Where organization answers gRPC. */
  readonly address: string
  /** Of the installation: it proves who asks, and writes the link, which no answer holds. */
  readonly key: Uint8Array
  readonly publicUrl: string
}

const ISSUER = 'saleswright'

/** For a command of the operator on the machine: the next link of an account. */
export const linkAt = async ({ address, key, publicUrl }: Where, accountName: string): Promise<string> => {
  const organization = connect(address)
  try {
    const { tokenOf } = identity({ organization, key, issuer: ISSUER, clock: systemClock })
    const setups = client(PasswordSetupService, organization, tokenOf('organization'))
    const { companyId, personId, number } = await setups.openPasswordSetup({ accountName })
    const tokens = passwordSetupTokens(sealingKey(key, 'organization'))
    return passwordSetupLink(publicUrl, tokens.issue({ companyId, personId, number }))
  } catch (error) {
    throw error instanceof AppError ? new Error(sentence(error, 'en').replace('.', ''), { cause: error }) : error
  } finally {
    await organization.close()
  }
}
