import { type Person, send } from './shop.ts'

/** A program with these scopes, signed in. */
export async function openProgram(
  apiUrl: string,
  admin: Person,
  scopes: readonly string[],
): Promise<Pick<Person, 'call'>> {
  const { body: account } = await admin.call<{ readonly id: string; readonly secret: string }>(
    'POST',
    '/v1/admin/service-accounts',
    { name: 'Test program', scopes },
  )
  const { body } = await send<{ readonly access_token: string }>(
    `${apiUrl}/v1/auth/token`,
    'POST',
    new URLSearchParams({ grant_type: 'client_credentials' }).toString(),
    {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${btoa(`${account.id}:${account.secret}`)}`,
    },
  )
  const authorization = `Bearer ${body.access_token}`
  return {
    call: (method, path, given, headers) => send(`${apiUrl}${path}`, method, given, { ...headers, authorization }),
  }
}
