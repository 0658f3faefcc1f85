import { describe, expect, it } from 'vitest'
import { minorOf, readProductsCsv } from './products-csv.ts'

const head = 'sku,name,description,price,currency,stock,low_stock_threshold'

describe('a table of products', () => {
  it('is read row by row, amounts exactly, empty cells as not given', () => {
    const { rows, complaints } = readProductsCsv(
      `\uFEFF${head}\r\nMUG-1,"Mug, large","Two\nlines",12.90,EUR,5,2\r\n\r\nTEA,Tea,,1290,JPY,,\r\n`,
    )
    expect(complaints).toEqual([])
    expect(rows).toMatchObject([
      {
        sku: 'MUG-1',
        name: 'Mug, large',
        description: 'Two\nlines',
        price: { amountMinor: 1290, currency: 'EUR' },
        onHand: 5,
        lowStockThreshold: 2,
      },
      { line: 5, sku: 'TEA', description: '', price: { amountMinor: 1290, currency: 'JPY' }, onHand: undefined },
    ])
  })

  it('is told everything that is wrong with it, by line', () => {
    const table = [
      head,
      'mug,Mug,,12.90,EUR,5,0',
      'CUP,,,12.905,EUR,-1,0',
      'POT,Pot,,1.5,JPY,1,0',
      'PAN,Pan,,1.50,XXQ,1,0',
      'CAP,Cap,,1.50,EUR,1',
      'TEA,Tea,,1.50,EUR,1,0',
      'TEA,Tea,,1.50,EUR,1,0',
    ].join('\n')
    const { complaints } = readProductsCsv(table)
    expect(complaints.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '2 sku: Has to be 1 to 64 of A-Z, 0-9 and -',
      expect.stringMatching(/^3 name: /),
      '3 price: Has to be an amount like 12.90',
      '3 stock: Has to be a whole number',
      '4 price: Has to be an amount like 1290',
      '5 currency: Has to be an ISO 4217 currency code',
      '6 has 6 cells instead of 7',
      '8 sku: TEA stands in line 7 too',
    ])
  })

  it.each([
    ['sku,name,price', ['the column currency is missing']],
    ['sku,name,price,currency,colour', ['colour is not a column']],
    ['sku,sku,name,price,currency', ['the column sku stands there twice']],
  ])('needs its columns: %s', (names, messages) => {
    expect(readProductsCsv(`${names}\n`).complaints.map(({ message }) => message)).toEqual(messages)
  })

  it('with a quote that never ends is no table', () => {
    expect(readProductsCsv(`${head}\nMUG,"Mug,,1,EUR,1,0\n`).complaints).toHaveLength(1)
  })
})

it.each([
  ['12.90', 'EUR', 1290],
  ['12.9', 'EUR', 1290],
  ['12', 'EUR', 1200],
  ['0.07', 'EUR', 7],
  ['1290', 'JPY', 1290],
  ['1.234', 'KWD', 1234],
  ['12.905', 'EUR', undefined],
  ['12.0', 'JPY', undefined],
  ['12,90', 'EUR', undefined],
  ['-1', 'EUR', undefined],
  ['1e3', 'EUR', undefined],
  ['', 'EUR', undefined],
])('%s %s is %s minor units', (decimal, currency, minor) => {
  expect(minorOf(decimal, currency)).toBe(minor)
})
