import { expect, it } from 'vitest'
import { drillPhases } from '../../../platform/drill.ts'
import { phaseRows, phases } from './phases.ts'

it('has a row for each phase but the end, in their order', () => {
  expect([...phases, 'over']).toEqual([...drillPhases])
})

it('says what is done, what goes on and what comes', () => {
  expect(phaseRows('striking').map(({ state }) => state)).toEqual(['done', 'done', 'now', 'later', 'later', 'later'])
  expect(new Set(phaseRows('over').map(({ state }) => state))).toEqual(new Set(['done']))
})
