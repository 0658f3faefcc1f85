import { html } from 'hono/html'
import { formatMoney } from '../../domain/money.ts'
import type { Kind } from './kinds.ts'
import type { Facts } from './notice.ts'

export type Letter = { readonly subject: string; readonly text: string; readonly html: string }

export type ToWrite = {
  readonly kind: Kind
  readonly orderId: string | null
  readonly facts: Facts | null
  readonly campaign?: { readonly subject: string; readonly text: string } | undefined
  /** Where people find the pages. */
  readonly publicUrl: string
}

/** Paragraphs, lists and one link: what both a text and a page can say. */
type Part = string | readonly string[] | { readonly link: string; readonly label: string }

/** The mail of a message, the same each time it is written. Nothing in it names a person. */
export function letterOf({ kind, orderId, facts, campaign, publicUrl }: ToWrite): Letter {
  const site = publicUrl.replace(/\/+$/, '')
  if (kind === 'campaign') {
    const { subject = '', text = '' } = campaign ?? {}
    const why = 'You get this because you chose to hear of news and offers. You can change that in your account.'
    return letter(subject, [...text.split(/\r?\n(?:[ \t]*\r?\n)+/), { link: site, label: 'To the shop' }, why])
  }
  const name = (orderId ?? '').slice(0, 8)
  const [subject, ...parts] = said[kind](facts ?? { total: { amountMinor: 0, currency: 'EUR' } }, name)
  const order = { link: `${site}/orders/${orderId ?? ''}`, label: 'Your order' }
  return letter(subject, [...parts, order, 'Which of these mails you get is up to you: see your account.'])
}

type Said = readonly [subject: string, ...parts: Part[]]

const nothingIsCharged = ({ total, released }: Facts): string =>
  released
    ? `The ${formatMoney(total)} that were held for it are free again: nothing is charged.`
    : 'Nothing is charged for it.'

const said: Readonly<Record<Exclude<Kind, 'campaign'>, (facts: Facts, name: string) => Said>> = {
  placed: ({ total, lines = [] }, name) => [
    `We have your order ${name}`,
    'Thank you. We have your order and see to it now:',
    lines.map(({ name: what, quantity, lineTotal }) => `${quantity} x ${what}: ${formatMoney(lineTotal)}`),
    `Together ${formatMoney(total)}.`,
  ],
  confirmed: ({ total }, name) => [
    `Your order ${name} is confirmed`,
    `Goods, payment (${formatMoney(total)}) and parcel are settled. We tell you when the parcel leaves.`,
  ],
  dispatched: ({ carrier, trackingNumber }, name) => [
    `Your order ${name} is on its way`,
    `The carrier${carrier === undefined ? '' : ` (${carrier})`} has your parcel.`,
    ...(trackingNumber === undefined ? [] : [`Tracking number: ${trackingNumber}`]),
  ],
  delivered: (_, name) => [`Your order ${name} was delivered`, 'Your parcel was delivered. We hope that you like it.'],
  cancelled: (facts, name) => [`Your order ${name} is cancelled`, 'Your order is cancelled.', nothingIsCharged(facts)],
  rejected: (facts, name) => [
    `We can’t carry out your order ${name}`,
    `We are sorry: your order could not be carried out${facts.reason === undefined ? '' : ` (${facts.reason})`}.`,
    nothingIsCharged(facts),
  ],
  needsAction: ({ reason, until, total }, name) => [
    `Your order ${name} needs another payment method`,
    `The payment of ${formatMoney(total)} was refused${reason === undefined ? '' : ` (${reason})`}.`,
    `We keep the goods for you${until === undefined ? '' : ` until ${until.slice(0, 16).replace('T', ' ')} UTC`}: choose another payment method on the page of your order.`,
  ],
}

function letter(subject: string, parts: readonly Part[]): Letter {
  const text = parts.map((part) => (typeof part === 'string' ? part : isLink(part) ? part.link : bullets(part)))
  return { subject, text: `${text.join('\n\n')}\n`, html: written(pageOf(subject, parts)) }
}

function written(page: ReturnType<typeof html>): string {
  if (page instanceof Promise) throw new Error('nothing in a mail is waited for')
  return page.toString()
}

const isLink = (part: Exclude<Part, string>): part is { readonly link: string; readonly label: string } =>
  'link' in part
const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')

/** Every value is escaped by `html`. */
const pageOf = (subject: string, parts: readonly Part[]) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${subject}</title>
      </head>
      <body>
        ${parts.map(paragraph)}
      </body>
    </html> `

function paragraph(part: Part) {
  if (typeof part === 'string')
    return html`<p>${part.split(/\r?\n/).map((line, at) => (at === 0 ? line : html`<br />${line}`))}</p> `
  if (isLink(part)) return html`<p><a href="${part.link}">${part.label}</a></p> `
  return html`<ul>
    ${part.map((item) => html`<li>${item}</li>`)}
  </ul> `
}

/** The same for every try, so that whoever gets a mail twice can tell. */
export const messageIdOf = (source: string, kind: Kind, mailFrom: string): string =>
  `${source.replaceAll(':', '.')}.${kind}@${/@([A-Za-z0-9.-]+)>?\s*$/.exec(mailFrom)?.[1] ?? 'localhost'}`

/** Machines answer neither; a campaign may be thrown away first. */
export const headersOf = (kind: Kind): Readonly<Record<string, string>> => ({
  'Auto-Submitted': 'auto-generated',
  ...(kind === 'campaign' && { Precedence: 'bulk' }),
})
