import { expect, it } from 'vitest'
import { unexplained } from './audit.ts'

const via = [{ title: 'Reads too far', url: 'https://advisories.test/GHSA-1' }, 'other']
const report = { vulnerabilities: { parser: { name: 'parser', severity: 'high', via } } }

it('tells each advisory that nobody has explained', () => {
  expect(unexplained(report, {})).toEqual(['high: parser: Reads too far (https://advisories.test/GHSA-1)'])
  expect(unexplained(report, { 'GHSA-1': 'we never read' })).toEqual([])
  expect(unexplained({ vulnerabilities: {} })).toEqual([])
})

it('takes no report for no news, not for good news', () => {
  expect(unexplained({})).toEqual(['npm audit gave no report'])
  expect(unexplained({ statusCode: 405 })).toEqual(['npm audit gave no report: the registry answers 405'])
})
