import type { FastifyInstance } from 'fastify'

/** Until there is a console: where the link of a mail leads. The token stands behind the # of the address and goes nowhere but to us. */
const PAGE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>设置密码 / Set your password</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main><h1>设置密码 / Set your password</h1>
<form id="form"><p><label>新密码 / New password<br><input id="password" type="password" autocomplete="new-password" required></label></p>
<p><label>再次输入 / Once more<br><input id="again" type="password" autocomplete="new-password" required></label></p>
<p><button>保存 / Save</button></p></form><p id="said" role="status"></p></main>
<script src="/password-setup.js"></script></body></html>`

const SCRIPT = `'use strict'
const part = (id) => document.getElementById(id)
const say = (text) => { part('said').textContent = text }
part('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const password = part('password').value
  if (password !== part('again').value) return say('两次输入不一致。/ The two are not the same.')
  const token = location.hash.slice(1)
  const answer = await fetch('/v1/password-setups/' + encodeURIComponent(token), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': navigator.language },
    body: JSON.stringify({ password }),
  }).catch(() => undefined)
  const said = answer ? await answer.json() : { detail: '无法连接。/ There is no connection.' }
  if (!answer || !answer.ok) return say(said.detail)
  part('form').remove()
  history.replaceState(null, '', location.pathname)
  say('密码已设置，请用账号“' + said.accountName + '”登录。/ The password is set; sign in as "' + said.accountName + '".')
})`

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
const OPEN = { config: { public: true } } as const

/** Sets a password by the public method, in a browser. */
export const passwordPage = (app: FastifyInstance): void => {
  app.get('/password-setup', OPEN, async (_, reply) =>
    reply.type('text/html; charset=utf-8').headers(HEADERS).send(PAGE),
  )
  app.get('/password-setup.js', OPEN, async (_, reply) =>
    reply.type('text/javascript; charset=utf-8').headers(HEADERS).send(SCRIPT),
  )
}
