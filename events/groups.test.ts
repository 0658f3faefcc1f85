import { expect, it } from 'vitest'
import { lagOf } from './groups.ts'

const end = (partition: number, high: number, low = 0) => ({ partition, high: `${high}`, low: `${low}` })
const committed = (partition: number, offset: number) => ({ partition, offset: `${offset}` })

it('counts what is behind the commit, and all that is there where none was made', () => {
  expect(lagOf([end(0, 9), end(1, 5, 2)], [committed(0, 7), committed(1, -1)])).toBe(5)
  expect(lagOf([end(0, 9, 4)], [])).toBe(5)
})

it('lets no partition that was read further make up for one that is behind', () => {
  expect(lagOf([end(0, 9), end(1, 5)], [committed(0, 12), committed(1, 4)])).toBe(1)
})
