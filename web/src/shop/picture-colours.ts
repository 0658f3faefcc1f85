/** A number from a text, the same for ever: FNV-1a. */
export const hashOf = (text: string): number =>
  text.split('').reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5)

export type Palette = { readonly back: string; readonly main: string; readonly deep: string; readonly light: string }

/** Muted neighbours of the accent colour, so that any dozen of them look well side by side. */
const palettes: readonly Palette[] = [
  { back: '#e3eff0', main: '#3d8f9b', deep: '#22626c', light: '#b9dade' },
  { back: '#f4ece2', main: '#c98b54', deep: '#8f5a2c', light: '#ecd3b8' },
  { back: '#ebe9f3', main: '#7d74b2', deep: '#524a86', light: '#cfcae6' },
  { back: '#e8f0e6', main: '#6f9c68', deep: '#466f41', light: '#c5dcc1' },
  { back: '#f5e9e8', main: '#c2726c', deep: '#8d4641', light: '#ebc8c5' },
  { back: '#e6ecf4', main: '#5f86b5', deep: '#385c88', light: '#c0d2e8' },
]

const named: readonly (readonly [RegExp, Palette])[] = [
  [/BLACK/, { back: '#e9ebee', main: '#3c434b', deep: '#20252b', light: '#a9b1b9' }],
  [/GREY|GRAY/, { back: '#eceef0', main: '#8c959e', deep: '#5d666f', light: '#cdd3d8' }],
  [/NAVY/, { back: '#e5eaf2', main: '#34507c', deep: '#1e3354', light: '#aebfd8' }],
  [/NATURAL/, { back: '#f3eee3', main: '#c9b58d', deep: '#8f7b52', light: '#e9dfc7' }],
  [/STEEL/, { back: '#e8edef', main: '#8aa0a9', deep: '#566b74', light: '#cbd8dd' }],
]

export const paletteOf = (sku: string): Palette =>
  named.find(([word]) => word.test(sku))?.[1] ?? palettes[hashOf(sku) % palettes.length] ?? fallback

const fallback: Palette = { back: '#e3eff0', main: '#3d8f9b', deep: '#22626c', light: '#b9dade' }
