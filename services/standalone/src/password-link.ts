import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { linkAt } from '@saleswright/organization'
import { readKey } from '@saleswright/service'
import { openDataFolder, organizationAddress } from './data-folder.ts'
import { exitWith } from './program.ts'

const HELP = `Makes the next link that the owner of an account sets the password with, and prints it. Give it to nobody else.

  npm run password-link -- ACCOUNT [--data DIR] [--url URL]

  --data DIR   the data folder of the platform that runs (data)
  --url URL    where people reach the platform (PUBLIC_URL, or http://127.0.0.1:8080)`

const { PUBLIC_URL = 'http://127.0.0.1:8080' } = process.env

const readArguments = () => {
  const options = {
    data: { type: 'string', default: 'data' },
    url: { type: 'string', default: PUBLIC_URL },
    help: { type: 'boolean', default: false },
  } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    return { ...values, accountName: positionals[0] }
  } catch (error) {
    return exitWith(`${(error as Error).message}\n\n${HELP}`)
  }
}

const { data, url, help, accountName } = readArguments()
if (help || !accountName) {
  console.log(HELP)
  process.exit(help ? 0 : 1)
}
const folder = openDataFolder(data)
if (!existsSync(folder.mongo)) exitWith(`There is no platform in ${data}.`)
const key = readKey({ SALESWRIGHT_KEY_FILE: join(folder.path, 'secret.key') })
const link = await linkAt({ address: organizationAddress(folder), key, publicUrl: url }, accountName).catch(
  ({ message }: Error) => exitWith(`No link was made: ${message}.`),
)
console.log(link)
