import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

type Rules = {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string
      readonly annotations: { readonly summary?: string; readonly runbook_url?: string }
    }[]
  }[]
}
type Tests = { readonly tests: readonly { readonly alert_rule_test: readonly { readonly alertname: string }[] }[] }

const read = (file: string): string => readFileSync(file, 'utf8')
const alerts = (parse(read('deploy/observability/rules.yml')) as Rules).groups.flatMap(({ rules }) => rules)

/** As GitHub makes them. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(' ', '-')

it('every alert has a section in the runbook, and says where', () => {
  const headings = read('docs/runbook.md').match(/^#{2,3} .*$/gm) ?? []
  const anchors = new Set(headings.map((line) => `docs/runbook.md#${anchorOf(line.replace(/^#+ /, ''))}`))
  const lost = alerts.filter(({ annotations }) => !anchors.has(annotations.runbook_url ?? ''))
  expect(lost.map(({ alert, annotations }) => [alert, annotations.runbook_url])).toEqual([])
  expect(alerts.filter(({ annotations }) => annotations.summary === undefined)).toEqual([])
})

it('every alert is in the runbook by its name, and is tested', () => {
  const runbook = read('docs/runbook.md')
  expect(alerts.map(({ alert }) => alert).filter((alert) => !runbook.includes(`\`${alert}\``))).toEqual([])
  const tests = (parse(read('deploy/observability/rules.test.yml')) as Tests).tests
  const tested = new Set(tests.flatMap((one) => one.alert_rule_test.map(({ alertname }) => alertname)))
  expect(alerts.map(({ alert }) => alert).filter((alert) => !tested.has(alert))).toEqual([])
})
