import { expect, it } from 'vitest'
import { HttpProblem } from '../http/problem.ts'
import { csvFaults } from './csv-faults.ts'

it('tells what is wrong with a table by line, and leaves the rest to the form', () => {
  const violations = [
    { pointer: '/csv/3', code: 'csv_line', message: 'price: Has to be an amount like 12.90' },
    { pointer: '/name', code: 'too_big', message: 'Too long' },
  ]
  const problem = new HttpProblem(422, 'validation_failed', 'See errors', { violations })
  expect(csvFaults(problem)).toEqual([{ line: 3, message: 'price: Has to be an amount like 12.90' }])
  expect(csvFaults(new Error('else'))).toEqual([])
})
