import { describe, expect, it } from 'vitest'
import { patiently, within } from './patiently.ts'

const failing = (times: number) => {
  let asked = 0
  return () => {
    asked += 1
    return asked > times ? Promise.resolve(asked) : Promise.reject(new Error(`failure ${asked}`))
  }
}

describe('what only reads', () => {
  it('is asked again until it is answered', async () => {
    expect(await patiently(failing(2), 5, 0)).toBe(3)
  })

  it('is given up in the end, with what was said last', async () => {
    await expect(patiently(failing(99), 3, 0)).rejects.toThrow('failure 3')
  })
})

describe('an answer that does not come', () => {
  it('is not waited for any longer', async () => {
    await expect(within(1, new Promise(() => undefined))).rejects.toThrow('no answer within 0.001 s')
    expect(await within(60_000, Promise.resolve('here'))).toBe('here')
  })
})
