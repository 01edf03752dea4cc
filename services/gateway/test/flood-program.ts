import { connect } from 'node:net'

/*
 * Opens connections from several addresses of this machine, sends the head of a request and a part of its body on each, and never the
 * rest. Says how many it has opened, and stays until it is killed. A process of its own: what it holds is not the server's.
 */
const [port = '', count = '', declared = '', sent = ''] = process.argv.slice(2)
const head = [
  'POST /v1/sessions HTTP/1.1',
  'Host: edge',
  'Content-Type: application/json',
  `Content-Length: ${declared}`,
  '',
  '',
].join('\r\n')
const bytes = Buffer.alloc(Number(sent), ' ')
let opened = 0
const say = (): void => {
  opened += 1
  if (opened === Number(count)) console.log('all sent')
}
for (let index = 0; index < Number(count); index += 1) {
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress: `127.0.0.${2 + (index % 5)}` })
  let said = false
  const once = (): void => {
    if (!said) say()
    said = true
  }
  socket.on('error', once).on('close', once).resume()
  socket.write(head)
  socket.write(bytes, once)
}
