import { expect, it } from 'vitest'
import { listen } from './http-server.ts'

it('finishes the request under way when it is closed, and takes no new one', async () => {
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  let began = () => {}
  const begun = new Promise<void>((resolve) => {
    began = resolve
  })
  const server = await listen(
    async () => {
      began()
      await answered
      return new Response('done')
    },
    { host: '127.0.0.1', port: 0 },
  )
  const request = fetch(server.url)
  await begun
  const closed = server.close()
  await expect(fetch(server.url)).rejects.toThrow()
  answer()
  expect(await (await request).text()).toBe('done')
  await closed
})

it('cuts a request that does not end', async () => {
  const server = await listen(() => new Promise<Response>(() => undefined), { host: '127.0.0.1', port: 0 })
  const request = fetch(server.url)
  const cut = expect(request).rejects.toThrow()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await server.close(100)
  await cut
})
