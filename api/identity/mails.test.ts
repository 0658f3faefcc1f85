import { expect, it } from 'vitest'
import { retryDelayMs } from './mail-sender.ts'
import { resetLetter } from './mails.ts'

it('puts the token into the fragment, in the text and the HTML alike', () => {
  const { text, html } = resetLetter('https://shop.test/', 'abc_-1')
  const link = 'https://shop.test/reset-password#token=abc_-1'
  expect(text).toContain(`\n\n${link}\n\n`)
  expect(html).toContain(`<a href="${link}">`)
})

it('escapes what would be markup', () => {
  expect(resetLetter('https://shop.test/"><script>', 'a').html).not.toContain('<script>')
})

it('is tried again after 2 s, then twice as long each time, 2 minutes at most', () => {
  expect([1, 2, 3, 20].map(retryDelayMs)).toEqual([2_000, 4_000, 8_000, 120_000])
})
