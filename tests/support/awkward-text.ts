import fc from 'fast-check'

/** What means something to somebody: HTTP, JSON, a terminal, a path, an object of JavaScript, a database. */
const signs: readonly string[] = [
  ['\r\n', '\n', '\r', '\t', '\u0000', '\u001b[31m', '\u009b2J', '\u007f', '\u0085', '\u2028', '\u2029', '\u202e', ' '],
  [
    '\ufeff',
    '\ud800',
    'é',
    '💥',
    '\\',
    ...`" ' % %00 %0d%0a .. / ; , : = & < @ . - _ + { } [ ] ( ) $ # ? * | ~`.split(' '),
  ],
  '0 9 a Z __proto__ constructor prototype toString valueOf hasOwnProperty null true NaN 1e999 t= v1='.split(' '),
  ['Basic ', 'Bearer ', ...'wait= 00- ce_ :: ::ffff: http:// {" "} [] -- -1'.split(' ')],
].flat()

/** Text that somebody may send who means harm, or whose program is broken. */
export const awkwardText = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  )

/** As JSON brings it: also with the names that every object has. */
export const awkwardJson = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc
      .array(fc.tuple(awkwardText(), fc.jsonValue({ maxDepth: 1 })), { maxLength: 4 })
      .map((members) =>
        JSON.parse(`{${members.map((one) => one.map((part) => JSON.stringify(part)).join(':')).join(',')}}`),
      ),
  )

const length = 100_000

/**
 * Texts that are far longer than any that gets through to a parser (16 KB of headers, 64 KB of a body). One that takes
 * more than a fixed number of steps for each character would not be done with them before the test's time is over, and
 * one with a runaway expression never.
 */
export const longTexts = (): readonly string[] =>
  signs.flatMap((sign) => {
    const many = sign.repeat(Math.ceil(length / sign.length))
    return [`${many}!`, `"${many}`]
  })
