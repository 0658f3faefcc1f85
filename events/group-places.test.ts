import { expect, it } from 'vitest'
import { setBack } from './group-places.ts'

const at = (partition: number, offset: string) => ({ topic: 'orders', partition, offset })

it('a group is set back to where it had come, and to the beginning where it had not begun', () => {
  expect(setBack([at(0, '9'), at(1, '4'), at(2, '7')], [at(2, '7'), at(0, '5')])).toEqual([
    at(0, '5'),
    at(1, '0'),
    at(2, '7'),
  ])
})
