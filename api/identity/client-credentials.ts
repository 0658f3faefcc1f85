export type ClientCredentials = { readonly id: string; readonly secret: string }

/**
 * A client's id and secret from HTTP Basic. Both are form-encoded before they are joined: RFC 6749, section 2.3.1.
 * @returns undefined unless the header is of this kind and readable.
 */
export function readBasic(header: string | undefined): ClientCredentials | undefined {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header ?? '') ?? []
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon < 1) return undefined
  try {
    return { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) }
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))
