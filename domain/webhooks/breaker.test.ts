import { describe, expect, it } from 'vitest'
import { type Breaker, closedBreaker, coolDownMs, gateOf, hopelessAfterMs } from './breaker.ts'

const now = new Date('2026-01-31T09:30:00Z')
const at = (ms: number): Date => new Date(now.getTime() + ms)
const open = (probeMs: number, openedMs = -1_000): Breaker => ({
  failures: 10,
  openedAt: at(openedMs),
  probeAt: at(probeMs),
  probes: 0,
})
const day = 24 * 3_600_000

describe('a circuit breaker', () => {
  it('lets everything pass while it is closed, however many failures there were', () => {
    expect(gateOf(closedBreaker, now)).toEqual({ kind: 'pass' })
    expect(gateOf({ ...closedBreaker, failures: 9 }, now)).toEqual({ kind: 'pass' })
  })
  it('makes deliveries wait until somebody may knock', () => {
    expect(gateOf(open(250), now)).toEqual({ kind: 'wait', ms: 250 })
    expect(gateOf(open(0), now)).toEqual({ kind: 'knock' })
    expect(gateOf(open(-5), now)).toEqual({ kind: 'knock' })
  })
  it('is knocked at ever more seldom, but every hour', () => {
    const times = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((probes) => coolDownMs(probes, { scale: 1 }) / 60_000)
    expect(times).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
    expect(coolDownMs(0, { scale: 0.01 })).toBe(600)
  })
  it('is given up when it was open for a day', () => {
    expect(hopelessAfterMs({ scale: 1 })).toBe(day)
    expect(hopelessAfterMs({ scale: 0.5 })).toBe(day / 2)
  })
})
