import { expect, it } from 'vitest'
import type { DrillBoard, DrillRun } from '../../platform/drill.ts'
import { makeBook } from './book.ts'
import type { Progress } from './carry-out.ts'
import { makeServe } from './serve.ts'

const secret = 'the-secret'
const wish = { drill: 'poison', ordersPerSecond: 2, token: 'of-an-admin' }

/** A drill that goes on until it is told how it ends. */
function board() {
  let tell: (progress: Progress) => void = () => undefined
  let end: (error?: Error) => void = () => undefined
  const book = makeBook((_, told) => {
    tell = told
    return new Promise((resolve, reject) => (end = (error) => (error ? reject(error) : resolve())))
  })
  const serve = makeServe({ book, secret, isPossible: (name) => name !== 'brokerDown' })
  const ask = async <Answer>(path: string, body?: unknown, shown = secret) => {
    const init = { method: body === undefined ? 'GET' : 'POST', headers: { Authorization: `Bearer ${shown}` } }
    const given = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await serve(new Request(`http://here${path}`, { ...init, ...given }))
    return { status: response.status, body: (await response.json()) as Answer }
  }
  return { ask, tell: (progress: Progress) => tell(progress), end: (error?: Error) => end(error) }
}

it('is closed to whoever does not know the secret', async () => {
  const { ask } = board()
  expect((await ask('/drills', undefined, 'another')).status).toBe(401)
  expect((await ask('/drills', wish, '')).status).toBe(401)
})

it('does one drill at a time, and keeps what came of it', async () => {
  const { ask, tell, end } = board()
  const begun = await ask<DrillRun>('/drills', wish)
  expect(begun).toMatchObject({ status: 202, body: { drill: 'poison', ordersPerSecond: 2, phase: 'preparing' } })
  expect(JSON.stringify(begun.body)).not.toContain(wish.token)
  expect((await ask('/drills', wish)).status).toBe(409)
  tell({ phase: 'striking' })
  expect((await ask<DrillBoard>('/drills')).body).toMatchObject({
    current: { phase: 'striking' },
    last: [],
    rates: { least: 1, most: 10 },
  })
  end()
  await expect.poll(async () => (await ask<DrillBoard>('/drills')).body.current).toBeNull()
  const found = await ask<DrillRun>(`/drills/${begun.body.id}`)
  expect(found).toMatchObject({ status: 200, body: { phase: 'over', failure: null } })
  expect((await ask('/drills', wish)).status).toBe(202)
})

it('says why a drill could not be carried out', async () => {
  const { ask, end } = board()
  const { body } = await ask<DrillRun>('/drills', wish)
  end(new Error('kafka does not run here'))
  await expect
    .poll(async () => (await ask<DrillRun>(`/drills/${body.id}`)).body)
    .toMatchObject({ phase: 'over', verdict: null, failure: 'kafka does not run here' })
})

it('refuses what it does not know, what is too much, and what does not run here', async () => {
  const { ask } = board()
  expect((await ask('/drills', { ...wish, drill: 'earthquake' })).status).toBe(400)
  expect((await ask('/drills', { ...wish, ordersPerSecond: 11 })).status).toBe(400)
  expect((await ask('/drills', { ...wish, token: undefined })).status).toBe(400)
  expect((await ask('/drills', { ...wish, drill: 'brokerDown' })).status).toBe(422)
  expect((await ask('/drills/none')).status).toBe(404)
})
