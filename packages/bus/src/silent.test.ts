import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { unlessSilent } from './silent.ts'

const aServer = async (answers: boolean): Promise<number> => {
  const server = createServer((socket) => {
    socket.on('error', () => {}).on('data', (bytes) => answers && socket.write(bytes))
    onTestFinished(() => void socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const aSocket = async (answers: boolean) => {
  const open = unlessSilent(undefined, 30)
  const connected = Promise.withResolvers<void>()
  const socket = open({ host: '127.0.0.1', port: await aServer(answers), onConnect: connected.resolve })
  onTestFinished(() => void socket.destroy())
  await connected.promise
  return socket
}

test('F8: a connection breaks when the other side takes what is said and never answers', async () => {
  const socket = await aSocket(false)
  socket.write('anybody there?')
  const [error] = await once(socket, 'error')
  expect(error).toMatchObject({ message: 'no answer within 30 ms' })
  expect(socket.destroyed).toBe(true)
})

test('a connection on which nothing is asked, or everything is answered, stays', async () => {
  const [idle, used] = [await aSocket(false), await aSocket(true)]
  for (let round = 0; round < 10; round++) {
    used.write('ping')
    await once(used, 'data')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect([idle.destroyed, used.destroyed]).toEqual([false, false])
})
