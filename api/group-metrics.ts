import type { Gauge, Registry } from 'prom-client'
import { gaugesOf } from '../platform/registry.ts'
import { causesOfLetters } from '../workers/projection/dead-letters/queries.ts'
import { countAttention, countReturnsAttention } from '../workers/projection/backlog.ts'
import type { Deps } from './deps.ts'

/**
 * How the consumer groups are doing, asked of Kafka and the list of dead letters when somebody scrapes: the workers have
 * no port. What does not answer is left out rather than told as 0.
 */
export function addGroupMetrics(
  registry: Registry,
  { readGroups, orders, log }: Pick<Deps, 'readGroups' | 'orders' | 'log'>,
) {
  const gauge = gaugesOf(registry)
  const ofGroups = (set: (to: Gauge, group: string, health: Health) => void) => async (to: Gauge) => {
    for (const [group, health] of (await readGroups()) ?? []) set(to, group, health)
  }
  gauge(
    'consumer_group_members',
    'Processes that consume now',
    ['group'],
    ofGroups((to, group, { members }) => to.set({ group }, members)),
  )
  gauge(
    'consumer_group_lag',
    'Messages it has not taken in yet',
    ['group'],
    ofGroups((to, group, { lag }) => to.set({ group }, lag)),
  )
  gauge(
    'consumer_group_stands_still_seconds',
    'How long its longest-standing partition has waited for an outage to end; 0 while all move',
    ['group'],
    ofGroups((to, group, { standsStill }) =>
      to.set({ group }, standsStill === undefined ? 0 : (Date.now() - Date.parse(standsStill.since)) / 1000),
    ),
  )
  const ofCount = (count: typeof countAttention) => async (to: Gauge) => {
    try {
      to.set(await count(orders))
    } catch (error) {
      to.remove() // a gauge without labels is 0 after its reset
      log.warn({ err: error }, 'what needs attention was not counted for the metrics')
    }
  }
  gauge('holdfast_orders_needing_attention', 'Orders that wait for a person', [], ofCount(countAttention))
  gauge(
    'holdfast_returns_needing_attention',
    'Returns that wait for a person: a restock or refund was refused, or not answered',
    [],
    ofCount(countReturnsAttention),
  )
  gauge('dead_letters_open', 'Dead letters that wait for a person', ['group', 'cause'], async (to) => {
    try {
      for (const { group, cause, count } of await causesOfLetters(orders, 'open', 100)) to.inc({ group, cause }, count)
    } catch (error) {
      log.warn({ err: error }, 'the dead letters were not counted for the metrics')
    }
  })
}

type Health = NonNullable<Awaited<ReturnType<Deps['readGroups']>>> extends ReadonlyMap<string, infer One> ? One : never
