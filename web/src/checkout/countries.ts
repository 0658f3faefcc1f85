/** ISO 3166-1. Names come from the browser, in the reader's language. */
const codes =
  'AD AE AL AM AR AT AU BA BE BG BR CA CH CL CN CO CR CY CZ DE DK DO DZ EC EE EG ES FI FR GB GE GR GT HK HR HU ID IE IL IN IS IT JM JO JP KE KR KW LB LI LK LT LU LV MA MC MD ME MK MT MX MY NG NL NO NZ OM PA PE PH PK PL PT PY QA RO RS SA SE SG SI SK SM TH TN TR TW UA US UY VA VN ZA'

/** The country that the carrier simulator can't reach. */
export const nowhere = 'ZZ'

export type Country = { readonly value: string; readonly label: string }

export function countries(language: string): readonly Country[] {
  const names = new Intl.DisplayNames(language, { type: 'region' })
  return codes
    .split(' ')
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language))
}

export const countryName = (code: string, language: string): string =>
  code === nowhere ? code : (new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code)

/** A first guess by the browser's own region. */
export const likelyCountry = (preferred: readonly string[]): string =>
  preferred.map((tag) => /-([A-Z]{2})\b/.exec(tag)?.[1]).find((code) => code && codes.split(' ').includes(code)) ?? 'DE'
