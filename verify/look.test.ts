import { describe, expect, it } from 'vitest'
import type { Finding } from './invariant.ts'
import { lasting } from './look.ts'

const finding = (subject: string, difference = ''): Finding => ({ subject, difference, repair: '' })

describe('a finding', () => {
  it('is told when it still stands on a second look, as it is then', () => {
    const second = [finding('a', 'later'), finding('c')]
    expect(lasting([finding('a', 'before'), finding('b')], second)).toEqual([finding('a', 'later')])
  })
})
