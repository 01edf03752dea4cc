import { address, readConfig, readKey, readTogether, required, text } from '@saleswright/service'
import { linkAt } from './password-setup/link-at.ts'

/*
 * `node src/password-link.ts ACCOUNT` beside a running organization: prints the next link that the owner of the account sets the
 * password with.
 */
const SETTINGS = {
  address: required('ORGANIZATION_ADDRESS', address),
  publicUrl: required('PUBLIC_URL', text),
}

const [accountName = ''] = process.argv.slice(2)
try {
  const { key, where } = readTogether({
    key: () => readKey(process.env),
    where: () => readConfig(SETTINGS, process.env),
  })
  console.log(await linkAt({ key, ...where }, accountName))
} catch (error) {
  console.error(`No link was made: ${(error as Error).message}`)
  process.exitCode = 1
}
