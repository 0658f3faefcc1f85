import { isProblem } from '../client/problem.ts'
import { makeClient } from '../client/index.ts'

/** Orders two mugs and prints each step until they are delivered: `npx tsx examples/place-and-follow.ts [address]` */
const [baseUrl = 'http://127.0.0.1:3000'] = process.argv.slice(2)
const shop = makeClient({ baseUrl, credentials: { email: 'customer@demo.test', password: 'customer-demo-1' } })

try {
  const order = await shop.place({
    lines: [{ sku: 'MUG-CLASSIC', quantity: 2 }],
    shippingAddress: {
      name: 'Kim Example',
      line1: 'Example Street 1',
      city: 'Berlin',
      postalCode: '10115',
      country: 'DE',
    },
    paymentMethod: 'pm_card_visa',
  })
  console.log(`${order.id} ${order.total.amountMinor / 100} ${order.total.currency}`)

  for await (const { sequence, type, actor } of shop.follow(order.id)) console.log(`${sequence} ${type} (${actor})`)

  const { status } = await shop.order(order.id)
  console.log(status)
  process.exitCode = status === 'delivered' ? 0 : 1
} catch (error) {
  if (!isProblem(error)) throw error
  console.error(`${error.code}: ${error.message}`)
  for (const { pointer, message } of error.violations) console.error(`  ${pointer}: ${message}`)
  if (error.traceId !== undefined) console.error(`  trace ${error.traceId}`)
  process.exitCode = 1
}
