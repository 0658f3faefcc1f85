/** Most of them name others too, so the order counts. */
const browsers: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|HeadlessChrome|CriOS)\//],
  ['Safari', /\bSafari\//],
]
const systems: typeof browsers = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

export type Device = { readonly browser?: string; readonly system?: string; readonly kind: 'phone' | 'desk' }

/** What a person would call the device; a hint, as every browser says of itself what it likes. */
export function readDevice(userAgent: string): Device {
  const find = (known: typeof browsers): string | undefined => known.find(([, mark]) => mark.test(userAgent))?.[0]
  const [browser, system] = [find(browsers), find(systems)]
  return {
    ...(browser !== undefined && { browser }),
    ...(system !== undefined && { system }),
    kind: /\b(iPhone|iPad|Android|Mobile)\b/.test(userAgent) ? 'phone' : 'desk',
  }
}
