import { expect, it } from 'vitest'
import { linkParts } from './link-parts.ts'

it('finds the links of a mail and leaves the rest as it is', () => {
  expect(linkParts('Here:\n\nhttps://shop.test/reset-password#token=a-b\n\nBye')).toEqual([
    { text: 'Here:\n\n', isLink: false },
    { text: 'https://shop.test/reset-password#token=a-b', isLink: true },
    { text: '\n\nBye', isLink: false },
  ])
  expect(linkParts('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)', isLink: false }])
})
