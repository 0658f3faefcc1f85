import { expect, it } from 'vitest'
import { nextStep, readProgress, unbegun, withStep } from './progress.ts'
import { tourSteps } from './steps.ts'

it('goes on where it was left', () => {
  const progress = withStep(withStep({ ...unbegun, isOpen: true }, 'shop', true), 'follow', true)
  expect(readProgress(JSON.stringify(progress))).toEqual(progress)
  expect(progress.done).toEqual(['shop', 'follow'])
  expect(nextStep(progress)).toBe('order')
  expect(withStep(progress, 'shop', false).done).toEqual(['follow'])
})

it.each([null, '', 'null', '[]', '7', '{"done":"shop"}', '{"done":["no such step"]}'])(
  'begins anew where what was kept is %s',
  (kept) => expect(readProgress(kept)).toEqual(unbegun),
)

it('is over once every step is done', () =>
  expect(nextStep({ isOpen: true, done: tourSteps.map(({ name }) => name) })).toBeUndefined())
