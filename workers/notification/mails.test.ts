import { describe, expect, it } from 'vitest'
import { money } from '../../domain/money.ts'
import { orderKinds } from './kinds.ts'
import { letterOf, messageIdOf } from './mails.ts'

const total = money(5990, 'EUR')
const orderId = '0d8f3c52-6a52-4a0e-9c7e-3f1f1b0a5d11'
const write = (kind: (typeof orderKinds)[number], facts: object = {}) =>
  letterOf({ kind, orderId, facts: { total, ...facts }, publicUrl: 'https://shop.test/' })

describe('the mail of a message', () => {
  it.each(orderKinds)('says of %s the same as text and as HTML, with the link to the order', (kind) => {
    const { subject, text, html } = write(kind)
    expect(subject).toContain('0d8f3c52')
    expect(text).toContain(`https://shop.test/orders/${orderId}`)
    expect(html).toContain(`<a href="https://shop.test/orders/${orderId}">`)
    expect(html).toContain(`<title>${subject}</title>`)
    expect(`${text}${html}`).not.toMatch(/undefined|\[object|Promise/)
  })

  it('lists what was ordered, and has the tracking number, the money and the time to act', () => {
    const lines = [{ name: 'Teapot', quantity: 2, lineTotal: total }]
    expect(write('placed', { lines }).text).toContain('- 2 x Teapot: EUR 59.90\n\nTogether EUR 59.90.')
    expect(write('dispatched', { trackingNumber: 'SIM1' }).text).toContain('Tracking number: SIM1')
    expect(write('cancelled', { released: true }).text).toContain('The EUR 59.90 that were held for it are free again')
    expect(write('cancelled').text).toContain('Nothing is charged')
    expect(write('needsAction', { until: '2030-01-01T10:00:00.000Z' }).text).toContain('until 2030-01-01 10:00 UTC')
  })

  it('escapes in HTML whatever comes from elsewhere', () => {
    const name = '<script>alert("1")</script> & more'
    const { html, text } = write('placed', { lines: [{ name, quantity: 1, lineTotal: total }] })
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more')
    expect(text).toContain(name)
    const campaign = { subject: '<b>', text: 'One <i>\nline\n\nTwo' }
    const told = letterOf({ kind: 'campaign', orderId: null, facts: null, campaign, publicUrl: 'https://shop.test' })
    expect(told.html).toContain('<p>One &lt;i&gt;<br />line</p>')
    expect(told.html).toContain('<p>Two</p>')
    expect(told.subject).toBe('<b>')
  })

  it('has the same id each time, at the sender’s domain', () => {
    expect(messageIdOf(`${orderId}:3`, 'placed', 'Shop <no-reply@shop.test>')).toBe(`${orderId}.3.placed@shop.test`)
    expect(messageIdOf('a:b', 'campaign', 'nobody')).toBe('a.b.campaign@localhost')
  })
})
