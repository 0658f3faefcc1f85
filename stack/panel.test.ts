import { expect, it } from 'vitest'
import { panel, type PanelInfo } from './panel.ts'

const info: PanelInfo = {
  apiUrl: 'http://127.0.0.1:3000',
  temporalUiUrl: 'http://127.0.0.1:8233',
  temporalAddress: '127.0.0.1:7233',
  kafkaBrokers: '127.0.0.1:9092',
  databaseUrl: 'mysql://root@127.0.0.1:3306',
  dataDir: '/srv/shop/.data',
  demo: true,
  notes: [],
}

it('names every address and the data folder', () => {
  const text = panel(info)
  for (const each of [
    info.apiUrl,
    `${info.apiUrl}/docs`,
    info.temporalUiUrl,
    info.kafkaBrokers,
    info.databaseUrl,
    info.dataDir,
  ]) {
    expect(text).toContain(each)
  }
})

it('shows the demo accounts in demo mode only', () => {
  expect(panel(info)).toContain('admin@demo.test / admin-demo-1')
  expect(panel({ ...info, demo: false })).not.toContain('demo.test')
  expect(panel({ ...info, demo: false })).toContain('npm run admin:create')
})

it('does not show the password of a given database', () => {
  const text = panel({ ...info, databaseUrl: 'mysql://shop:s3cret@db.test:3306' })
  expect(text).toContain('mysql://shop:***@db.test:3306')
  expect(text).not.toContain('s3cret')
})

it.each(['s3@cret', 's3:cret', 's3%2Fcret', 's3/cret', 's3#cret', '@s3cret', 's3?cret'])(
  'shows nothing of a password that is %s',
  (password) => {
    expect(panel({ ...info, databaseUrl: `mysql://shop:${password}@db.test:3306` })).not.toMatch(/s3|cret/)
  },
)

it('repeats which ports were taken', () => {
  expect(panel({ ...info, notes: ['port 3306 is taken, the database listens on 17231'] })).toContain(
    'port 3306 is taken',
  )
})

it('is a box: all its lines are equally long', () => {
  expect(
    new Set(
      panel(info)
        .split('\n')
        .map((line) => line.length),
    ).size,
  ).toBe(1)
})
