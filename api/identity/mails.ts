export type Letter = { readonly subject: string; readonly text: string; readonly html: string }

/**
 * The mail with the link that sets a new password. The token is in the fragment, which browsers send to nobody. Nothing
 * that a stranger has typed is in it, a name neither: they could write to others in ours.
 */
export function resetLetter(publicUrl: string, token: string): Letter {
  const link = `${publicUrl.replace(/\/+$/, '')}/reset-password#token=${token}`
  const asked = 'Somebody, most likely you, asked for a new password for your Holdfast account.'
  const how = 'The link is good for 30 minutes and for one use:'
  const ignore = 'If it was not you, do nothing: your password stays as it is.'
  return letter('Set a new password', [asked, how, { link, label: 'Set a new password' }, ignore])
}

/** Tells the owner of an account what they may not have done themselves. */
export const changedLetter = (): Letter =>
  letter('Your password was changed', [
    'The password of your Holdfast account was changed, and other devices were signed out.',
    'If it was not you, ask for a new password on the sign-in page at once.',
  ])

type Part = string | { readonly link: string; readonly label: string }

function letter(subject: string, parts: readonly Part[]): Letter {
  const text = parts.map((part) => (typeof part === 'string' ? part : part.link)).join('\n\n')
  const html = parts.map((part) => `<p>${typeof part === 'string' ? escaped(part) : anchor(part)}</p>`).join('\n')
  return {
    subject,
    text: `${text}\n`,
    html: `<!doctype html>\n<html lang="en">\n<head><title>${escaped(subject)}</title></head>\n<body>\n${html}\n</body>\n</html>\n`,
  }
}

const anchor = ({ link, label }: { readonly link: string; readonly label: string }): string =>
  `<a href="${escaped(link)}">${escaped(label)}</a>`

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign)
