import { lagOf, partitionsOf } from '../../events/groups.ts'
import { connectKafka, withAdmin } from '../../events/kafka.ts'
import { deadLettersGroup, deadLetterTopic, groups } from '../../events/topics.ts'
import { listLetters } from '../../workers/projection/dead-letters/queries.ts'
import type { Context } from '../context.ts'
import type { Finding, Invariant } from '../invariant.ts'

/** More would be told by its cause, not by its letters. */
const most = 500

export const deadLetters: Invariant = {
  name: 'dead letters',
  asks: 'Is every dead letter listed, and has somebody decided on it?',
  ofOrders: true,
  async check(context) {
    const { orders, orderId } = context
    const { count } = await orders
      .selectFrom('dead_letter')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .$if(orderId !== undefined, (query) => query.where('order_id', '=', orderId ?? ''))
      .executeTakeFirstOrThrow()
    const open = await listLetters(orders, { state: 'open', orderId }, most)
    const undecided = open.map(({ id, order_id, type, cause, message }) => ({
      subject: id,
      ...(order_id !== null && { orderId: order_id }),
      difference: `${type ?? 'a message'} is open: ${cause} ${message}`,
      repair: `POST /v1/admin/dead-letters/${id}/redrive, or .../discard, with {"reason":"..."}`,
    }))
    return { looked: Number(count), findings: [...undecided, ...(await unlisted(context))] }
  },
}

/** What nobody has listed, nobody can decide on. */
async function unlisted({ config, log }: Context): Promise<readonly Finding[]> {
  const topicOf = (group: (typeof groups)[number]) => deadLetterTopic(config, group)
  return withAdmin(connectKafka(config, log, 'verify'), async (admin) => {
    const listed = await admin.fetchOffsets({ groupId: deadLettersGroup(config), topics: groups.map(topicOf) })
    const findings = await Promise.all(
      groups.map(async (group) => {
        const ends = await admin.fetchTopicOffsets(topicOf(group))
        const behind = lagOf(ends, partitionsOf(listed, topicOf(group)))
        const difference = `${behind} of its dead letters are on their topic and not among those that staff sees`
        const repair = 'See that the projection runs, which lists them, and what its log says'
        return behind === 0 ? [] : [{ subject: group, difference, repair }]
      }),
    )
    return findings.flat()
  })
}
