import { afterEach, describe, expect, it, vi } from 'vitest'
import { readConfig } from './config.ts'
import { armFailpoint, failpoint } from './failpoint.ts'

afterEach(() => {
  armFailpoint('')
  vi.restoreAllMocks()
})

describe('a failpoint', () => {
  it('ends the process at the line that is named, and at no other', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    armFailpoint('call.made')
    failpoint('call.leased')
    expect(kill).not.toHaveBeenCalled()
    failpoint('call.made')
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGKILL')
  })

  it('is silent where none is named', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    failpoint('order.started')
    expect(kill).not.toHaveBeenCalled()
  })
})

describe('what only a test wants', () => {
  it.each([{ FAIL_AT: 'call.made' }, { CONSUMER_SHUFFLE_SEED: '7' }])('is refused outside demo mode: %o', (wish) => {
    expect(() => readConfig(wish)).toThrow(/is for tests, with DEMO=1/)
    expect(() => readConfig({ ...wish, DEMO: '1' })).not.toThrow()
  })

  it('is refused outside demo mode, the drill board too', () => {
    const wish = { DRILLS_URL: 'http://127.0.0.1:17201', DRILLS_TOKEN: 'secret' }
    expect(() => readConfig(wish)).toThrow(/DRILLS_URL: breaks the running system, so it needs DEMO=1/)
    expect(() => readConfig({ ...wish, DRILLS_TOKEN: '', DEMO: '1' })).toThrow(/DRILLS_TOKEN/)
    expect(() => readConfig({ ...wish, DEMO: '1' })).not.toThrow()
  })

  it('has to be a line that there is', () => {
    expect(() => readConfig({ FAIL_AT: 'somewhere', DEMO: '1' })).toThrow(/FAIL_AT/)
  })
})
