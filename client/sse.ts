export type ServerEvent = { readonly id: string | undefined; readonly type: string; readonly data: string }

/**
 * Reads `text/event-stream` piece by piece, wherever the network happens to cut it. Comments are dropped; a block
 * without data is dropped too, as the standard says.
 */
export function makeSseParser(onEvent: (event: ServerEvent) => void): (piece: string) => void {
  let rest = ''
  let id: string | undefined
  let type = ''
  let data: string[] = []

  function take(line: string): void {
    if (line === '') {
      if (data.length > 0) onEvent({ id, type: type === '' ? 'message' : type, data: data.join('\n') })
      type = ''
      data = []
      return
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === 'data') data.push(value)
    else if (field === 'event') type = value
    else if (field === 'id') id = value
  }

  return (piece) => {
    rest += piece
    // a CR at the very end may be half of a CRLF
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    lines.forEach(take)
  }
}
