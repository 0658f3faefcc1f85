import { expect, it } from 'vitest'
import { changelogFaults } from './changelog.ts'

const good = '# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2030-01-31\n\n### Added\n\n- Returns\n'

it('has nothing to say of a version that is told with its date', () => {
  expect(changelogFaults(good, '1.2.0')).toEqual([])
})

it('tells what is missing', () => {
  expect(changelogFaults(good, '1.3.0')).toEqual(['CHANGELOG.md has no section [1.3.0]'])
  expect(changelogFaults(good, '1.3')[0]).toBe('package.json: 1.3 is no semantic version')
  expect(changelogFaults(good.replace(' - 2030-01-31', ''), '1.2.0')).toEqual(['CHANGELOG.md: [1.2.0] has no date'])
  expect(changelogFaults(good.replace('- Returns', ''), '1.2.0')).toEqual(['CHANGELOG.md: [1.2.0] says nothing'])
  expect(changelogFaults(good.replace('[Unreleased]\n', '[Unreleased]\n\n- Late\n'), '1.2.0')).toEqual([
    'CHANGELOG.md: what is under [Unreleased] belongs to this version',
  ])
})
