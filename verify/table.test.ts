import { describe, expect, it } from 'vitest'
import type { Finding } from './invariant.ts'
import { table } from './table.ts'

const finding = (subject: string): Finding => ({ subject, difference: '2 instead of 1', repair: 'count it' })
const row = (name: string, ...findings: readonly Finding[]) => ({ name, asks: 'Is it so?', looked: 12, findings })

describe('the table', () => {
  it('has a line for each invariant and says that all holds', () => {
    expect(table([row('stock'), row('reservations')]).split('\n')).toEqual([
      'invariant     looked at  findings',
      'stock                12      none  Is it so?',
      'reservations         12      none  Is it so?',
      '',
      'Every invariant holds.',
      '',
    ])
  })

  it('tells each finding with what to do', () => {
    expect(table([row('stock', finding('TEAPOT'))])).toContain(
      '\nstock: TEAPOT\n  is:     2 instead of 1\n  repair: count it\n\n1 finding; nothing was changed.\n',
    )
  })

  it('stays readable when there are many', () => {
    const told = table([row('stock', ...Array.from({ length: 25 }, (_, at) => finding(`SKU-${at}`)))])
    expect(told).toContain('stock: SKU-19')
    expect(told).not.toContain('stock: SKU-20')
    expect(told).toContain('stock: 5 more; --json has them all')
  })
})
