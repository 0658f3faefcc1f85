import { expect, it } from 'vitest'
import { makeWindows } from './order-windows.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
/** One message a second, from the beginning of the year. */
const offsetAt = async (time: Date): Promise<number> => (time.getTime() - Date.UTC(2026, 0, 1)) / 1000

it('skips what lies between two events that are far apart', async () => {
  const windows = await makeWindows([{ id: 'b', time: at(60) }, { id: 'a', time: at(1) }], 10_000, offsetAt) // prettier-ignore
  expect(windows.next()).toBe(60)
  windows.found('a')
  windows.readUpTo(100)
  expect(windows.next()).toBe(3_600)
  windows.found('b')
  expect(windows.next()).toBeUndefined()
})

it('reads on behind an event’s time until it is found, and never past the end', async () => {
  const windows = await makeWindows([{ id: 'late', time: at(1) }], 500, offsetAt)
  windows.readUpTo(400)
  expect(windows.next()).toBe(400)
  windows.readUpTo(500)
  expect(windows.next()).toBeUndefined()
})

it('takes events of the same minute for one place, and has few places', async () => {
  const asked: Date[] = []
  const many = Array.from({ length: 40 }, (_, n) => ({ id: `${n}`, time: at(n * 2) }))
  const count = (time: Date): Promise<number> => {
    asked.push(time)
    return offsetAt(time)
  }
  await makeWindows([...many, { id: 'same', time: at(0) }], 10_000, count)
  expect(asked).toHaveLength(10)
})
