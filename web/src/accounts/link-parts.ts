export type Part = { readonly text: string; readonly isLink: boolean }

/** A mail's text in pieces, so that its links can be followed. Nothing else becomes one. */
export const linkParts = (text: string): readonly Part[] =>
  text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => ({ text: part, isLink: index % 2 === 1 }))
    .filter((part) => part.text !== '')
